package dev.sartor.worth;

import dev.sartor.project.setting.ValueSettings.Input;
import dev.sartor.worth.Swing.Ends;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Varies each input by itself, the others as they stand, and sees what becomes of the shipped candidate's profit over the horizon and
/// of its lead over the runner-up.
final class Tornado {
    static final String SCORE = "score";

    private static final double USUAL = 0.25;

    private final Terms terms;
    private final Player.Candidate shipped;
    private final Optional<Player.Candidate> runnerUp;

    Tornado(Terms terms, Player.Candidate shipped, Optional<Player.Candidate> runnerUp) {
        this.terms = terms;
        this.shipped = shipped;
        this.runnerUp = runnerUp;
    }

    /// The widest first; without those that move nothing.
    List<Swing> swings() {
        return all().stream()
                .filter(Swing::movesSomething)
                .sorted(Comparator.comparingDouble((Swing each) -> -each.profit().width()))
                .toList();
    }

    /// The names of inputs that are varied and move neither figure.
    List<String> idle() {
        return all().stream().filter(each -> !each.movesSomething()).map(Swing::name).toList();
    }

    /// The names of inputs that are 0 and have no range of their own, so that a quarter of them is nothing.
    List<String> zero() {
        return terms.inputs().keySet().stream().filter(this::isZero).map(Input::key).toList();
    }

    private boolean isZero(Input input) {
        return terms.at(input) == 0 && !terms.ranges().containsKey(input);
    }

    private List<Swing> all() {
        var all = new ArrayList<Swing>();
        terms.inputs().keySet().stream()
                .filter(input -> !isZero(input))
                .map(this::swing)
                .forEach(all::add);
        all.add(score(shipped, true));
        runnerUp.ifPresent(each -> all.add(score(each, false)));
        return all;
    }

    private Swing swing(Input input) {
        double at = terms.at(input);
        var own = Optional.ofNullable(terms.ranges().get(input));
        double quarter = USUAL * Math.abs(at);
        double from = own.map(List::getFirst).orElse(Math.max(input.least(), at - quarter));
        double to = own.map(List::getLast).orElse(Math.min(input.most(), at + quarter));
        return new Swing(
                input.key(),
                Optional.empty(),
                at,
                from,
                to,
                own.isPresent() ? "its own range" : "±25 %",
                new Ends(profit(terms.with(input, from)), profit(terms.with(input, to))),
                runnerUp.map(other ->
                        new Ends(
                                lead(terms.with(input, from), other),
                                lead(terms.with(input, to), other))));
    }

    private double profit(Terms changed) {
        return shipped.gain(changed).horizon(changed);
    }

    private double lead(Terms changed, Player other) {
        return profit(changed) - other.gain(changed).horizon(changed);
    }

    private Swing score(Player.Candidate whose, boolean isShipped) {
        var interval = Shares.interval(whose.contender());
        double now = profit(terms);
        double low = whose.scoring(interval.low()).gain(terms).horizon(terms);
        double high = whose.scoring(interval.high()).gain(terms).horizon(terms);
        return new Swing(
                SCORE,
                Optional.of(whose.name()),
                whose.shares().score(),
                interval.low(),
                interval.high(),
                "95 % interval",
                isShipped ? new Ends(low, high) : new Ends(now, now),
                runnerUp.map(other -> {
                    double others = other.gain(terms).horizon(terms);
                    return isShipped
                            ? new Ends(low - others, high - others)
                            : new Ends(now - low, now - high);
                }));
    }
}
