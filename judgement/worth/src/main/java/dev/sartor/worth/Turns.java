package dev.sartor.worth;

import dev.sartor.project.setting.ValueSettings.Input;
import dev.sartor.worth.Turn.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;

/// Looks for the values of each input at which another becomes the most profitable. The profit over the horizon is a straight line in
/// every input but the growth, and in the growth's sum over the months; two lines meet once.
final class Turns {
    /// Slopes that differ by less than rounding does are the same.
    private static final double ROUNDING = 1e-9;

    private final Terms terms;
    private final List<Player> players;
    private final Player best;

    /// @param players with the most profitable first where two are equal
    Turns(Terms terms, List<Player> players, Player best) {
        this.terms = terms;
        this.players = players;
        this.best = best;
    }

    /// Of all inputs, and of the scores of these.
    List<Turn> of(List<Player.Candidate> scored) {
        var turns = new ArrayList<Turn>();
        for (var input : terms.inputs().keySet()) {
            if (input == Input.GROWTH_PER_MONTH) {
                growth().ifPresent(turns::add);
            } else {
                turns.add(
                        turn(
                                new Axis(
                                        input.key(),
                                        Optional.empty(),
                                        terms.at(input),
                                        input.least(),
                                        input.most()),
                                (player, x) -> {
                                    var changed = terms.with(input, x);
                                    return player.gain(changed).horizon(changed);
                                },
                                x -> x));
            }
        }
        scored.stream()
                .filter(each -> each.shares().left() < 1)
                .map(this::score)
                .forEach(turns::add);
        return turns.stream().filter(Turn::isSomewhere).toList();
    }

    /// @param least and most that its value can be
    private record Axis(
            String input, Optional<String> candidate, double at, double least, double most) {}

    /// Empty where the horizon is a single month, which has no growth.
    private Optional<Turn> growth() {
        var input = Input.GROWTH_PER_MONTH;
        if (terms.months() == 1) {
            return Optional.empty();
        }
        double now = terms.growth();
        var axis =
                new Axis(
                        input.key(),
                        Optional.empty(),
                        now,
                        Terms.growth(input.least(), terms.months()),
                        Terms.growth(input.most(), terms.months()));
        var turn =
                turn(
                        axis,
                        (player, sum) -> {
                            var gain = player.gain(terms);
                            return terms.volume() * sum * gain.perAnswer()
                                    - terms.months() * gain.perMonth()
                                    - gain.once();
                        },
                        this::growthOf);
        return Optional.of(
                new Turn(
                        turn.input(),
                        turn.candidate(),
                        terms.at(input),
                        turn.below(),
                        turn.above()));
    }

    /// The growth a month at which the months' volumes sum up to so many of the first, by halving.
    private double growthOf(double sum) {
        double low = Input.GROWTH_PER_MONTH.least();
        double high = Input.GROWTH_PER_MONTH.most();
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (Terms.growth(middle, terms.months()) < sum) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private Turn score(Player.Candidate whose) {
        return turn(
                new Axis(Tornado.SCORE, Optional.of(whose.name()), whose.shares().score(), 0, 1),
                (player, x) ->
                        (player.equals(whose) ? whose.scoring(x) : player)
                                .gain(terms)
                                .horizon(terms),
                x -> x);
    }

    /// @param profit over the horizon, of a player, at a value of the axis
    /// @param shown what is said of a value of the axis
    private Turn turn(
            Axis axis, ToDoubleBiFunction<Player, Double> profit, DoubleUnaryOperator shown) {
        double x0 = axis.at();
        double x1 = x0 + Math.max(1, Math.abs(x0));
        double best0 = profit.applyAsDouble(best, x0);
        double best1 = profit.applyAsDouble(best, x1);
        Optional<Edge> below = Optional.empty();
        Optional<Edge> above = Optional.empty();
        for (var other : players) {
            double other0 = profit.applyAsDouble(other, x0);
            double other1 = profit.applyAsDouble(other, x1);
            double change = best1 - other1 - (best0 - other0);
            double size =
                    Math.max(
                            Math.max(Math.abs(best0), Math.abs(best1)),
                            Math.max(Math.abs(other0), Math.abs(other1)));
            if (other.equals(best) || Math.abs(change) <= ROUNDING * size) {
                continue;
            }
            double meets = x0 - (best0 - other0) * (x1 - x0) / change;
            // Where they meet at a bound alone, none is the better within.
            double edgeWidth = ROUNDING * Math.max(1, Math.abs(x0));
            if (meets <= axis.least() + edgeWidth || meets >= axis.most() - edgeWidth) {
                continue;
            }
            var edge = Optional.of(new Edge(meets, other.name()));
            if (change < 0) {
                above = above.filter(each -> each.value() <= meets).or(() -> edge);
            } else {
                below = below.filter(each -> each.value() >= meets).or(() -> edge);
            }
        }
        return new Turn(axis.input(), axis.candidate(), x0, said(below, shown), said(above, shown));
    }

    private static Optional<Edge> said(Optional<Edge> edge, DoubleUnaryOperator shown) {
        return edge.map(each -> new Edge(shown.applyAsDouble(each.value()), each.best()));
    }
}
