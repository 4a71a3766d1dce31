package dev.sartor.worth;

import dev.sartor.project.setting.ValueSettings.Input;
import dev.sartor.worth.Swing.Ends;
import dev.sartor.worth.Worth.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What the figures say, in words.
final class Sentences {
    private final Terms terms;
    private final List<Row> rows;
    private final List<Swing> swings;

    Sentences(Terms terms, List<Row> rows, List<Swing> swings) {
        this.terms = terms;
        this.rows = rows;
        this.swings = swings;
    }

    List<String> of(
            Player.Candidate shipped,
            Optional<Player.Candidate> runnerUp,
            Player best,
            Tornado tornado) {
        var said = new ArrayList<String>();
        said.add(profit(shipped, best));
        hangsOn("The profit of " + shipped.name(), each -> Optional.of(each.profit()))
                .ifPresent(said::add);
        runnerUp.flatMap(other ->
                        hangsOn(
                                "Its lead over " + other.name() + ", the runner-up by profit,",
                                Swing::lead))
                .ifPresent(said::add);
        if (!tornado.zero().isEmpty()) {
            said.add(
                    "Not varied, as they are 0 and have no range of their own under value.ranges: "
                            + String.join(", ", tornado.zero())
                            + ".");
        }
        if (!tornado.idle().isEmpty()) {
            said.add(
                    "Varied, and of no effect on either: "
                            + String.join(", ", tornado.idle())
                            + ".");
        }
        people().ifPresent(said::add);
        return said;
    }

    private String profit(Player.Candidate shipped, Player best) {
        var over = row(shipped.name()).horizonProfit();
        var first =
                String.format(
                        Locale.ROOT,
                        "Over %d %s %s makes a profit of %s %s [%s, %s]",
                        terms.months(),
                        terms.months() == 1 ? "month" : "months",
                        shipped.name(),
                        Amount.money(over.value()),
                        terms.currency(),
                        Amount.money(over.low()),
                        Amount.money(over.high()));
        return best.equals(shipped)
                ? first + ", more than any other."
                : first
                        + ". The most profitable is "
                        + best.name()
                        + ", with "
                        + Amount.money(row(best.name()).horizonProfit().value())
                        + ".";
    }

    /// The two widest bars; empty where nothing moves.
    private Optional<String> hangsOn(String what, Function<Swing, Optional<Ends>> ends) {
        var widest =
                swings.stream()
                        .filter(each -> ends.apply(each).filter(e -> e.width() > 0).isPresent())
                        .sorted(
                                Comparator.comparingDouble(
                                        (Swing each) -> -ends.apply(each).orElseThrow().width()))
                        .limit(2)
                        .map(each -> bar(each, ends.apply(each).orElseThrow()))
                        .toList();
        return widest.isEmpty()
                ? Optional.empty()
                : Optional.of(what + " hangs most on " + String.join(", then on ", widest) + ".");
    }

    private String bar(Swing swing, Ends ends) {
        return String.format(
                Locale.ROOT,
                "%s (from %s to %s: %s to %s %s)",
                swing.name(),
                Amount.plain(swing.from()),
                Amount.plain(swing.to()),
                Amount.money(ends.from()),
                Amount.money(ends.to()),
                terms.currency());
    }

    private Optional<String> people() {
        if (terms.given(Input.PEOPLE_ACCURACY).isEmpty()) {
            return Optional.of(
                    "Nothing says how often people are right (value.people_accuracy), so nothing is held against people"
                            + " alone.");
        }
        double each =
                terms.given(Input.PEOPLE_PER_ANSWER).orElse(terms.at(Input.PERSON_PER_ANSWER));
        return each == 0
                ? Optional.of(
                        "People answer at no cost here, as costs.person_per_answer and value.people_per_answer are 0 or not"
                                + " given.")
                : Optional.empty();
    }

    private Row row(String name) {
        return rows.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
}
