package dev.sartor.worth;

import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.project.setting.ValueSettings.Input;
import dev.sartor.worth.Worth.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reckons the rows of the table.
final class Rows {
    private static final Interval EXACT = new Interval(0, 0);

    private final Terms terms;
    private final Player.Candidate shipped;

    Rows(Terms terms, Player.Candidate shipped) {
        this.terms = terms;
        this.shipped = shipped;
    }

    List<Row> of(List<Contender> contenders) {
        var rows = new ArrayList<Row>();
        for (var contender : contenders) {
            var candidate = Player.Candidate.of(contender);
            rows.add(
                    row(
                            candidate,
                            candidate.shares(),
                            AnswerMoney.around(contender, terms),
                            againstShipped(candidate)));
        }
        terms.given(Input.PEOPLE_ACCURACY)
                .ifPresent(share ->
                        rows.add(
                                row(
                                        new Player.People(),
                                        new Shares(share, 1 - share, 0),
                                        EXACT,
                                        Optional.empty())));
        rows.add(row(new Player.Nobody(), new Shares(0, 0, 0), EXACT, Optional.empty()));
        return rows;
    }

    private Optional<Figure> againstShipped(Player.Candidate candidate) {
        if (candidate.equals(shipped)) {
            return Optional.empty();
        }
        double volume = terms.volume();
        double difference = candidate.gain(terms).month(volume) - shipped.gain(terms).month(volume);
        return Optional.of(
                Figure.of(
                        difference,
                        AnswerMoney.around(candidate.contender(), shipped.contender(), terms),
                        volume));
    }

    private Row row(
            Player player, Shares shares, Interval around, Optional<Figure> againstShipped) {
        var gain = player.gain(terms);
        double volume = terms.volume();
        var month = Figure.of(gain.month(volume), around, volume);
        boolean isPeople = player instanceof Player.People;
        return new Row(
                player.name(),
                shares.right(),
                shares.wrong(),
                shares.left(),
                gain.perAnswer(),
                gain.perMonth(),
                month,
                isPeople ? Optional.empty() : terms.people().map(each -> month.less(each * volume)),
                againstShipped,
                gain.breakEvenVolume(Gain.NOTHING, terms),
                isPeople
                        ? Optional.empty()
                        : terms.people()
                                .flatMap(each -> gain.breakEvenVolume(new Gain(each, 0, 0), terms)),
                gain.breakEvenMonth(terms),
                gain.payback(terms),
                Figure.of(gain.horizon(terms), around, volume * terms.growth()),
                gain.cumulated(terms));
    }
}
