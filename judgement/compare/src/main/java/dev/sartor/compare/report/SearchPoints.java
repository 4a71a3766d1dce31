package dev.sartor.compare.report;

import dev.sartor.compare.verdict.SearchOutcome;
import dev.sartor.tune.trainer.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What the script of a search's page draws.
///
/// @param shares of the steps, one for each rung, 0 to 1
record SearchPoints(String metric, List<Double> shares, List<Axis> axes, List<Line> lines) {
    /// @param marks words beside the axis, and where they stand, 0 to 1
    record Axis(String name, List<Mark> marks) {}

    record Mark(double place, String text) {}

    /// One trial.
    ///
    /// @param places on the axes, 0 to 1
    /// @param scores by the rung, as far as it came
    record Line(
            int trial, String settings, List<Double> places, List<Double> scores, boolean best) {}

    static SearchPoints of(SearchOutcome outcome) {
        var result = outcome.result();
        return new SearchPoints(
                outcome.metric().replace('_', ' '),
                result.rungs().stream().map(rung -> rung.share()).toList(),
                outcome.space().stream().map(SearchPoints::axis).toList(),
                result.trials().stream()
                        .map(trial ->
                                new Line(
                                        trial.trial(),
                                        words(outcome, trial.trial()),
                                        Arrays.stream(trial.places()).boxed().toList(),
                                        trial.scores(),
                                        trial.trial() == result.best()))
                        .toList());
    }

    private static String words(SearchOutcome outcome, int trial) {
        var row = outcome.rows().get(trial - 1);
        return IntStream.range(0, outcome.keys().size())
                .mapToObj(i -> outcome.keys().get(i) + " " + row.settings().get(i))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    private static Axis axis(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Range range ->
                    new Axis(
                            range.name() + (range.logarithmic() ? " (log)" : ""),
                            List.of(
                                    new Mark(0, number(range.least())),
                                    new Mark(1, number(range.most()))));
            case Dimension.Choice choice ->
                    new Axis(
                            choice.name(),
                            IntStream.range(0, choice.values().size())
                                    .mapToObj(i ->
                                            new Mark(
                                                    (i + 0.5) / choice.values().size(),
                                                    choice.values().get(i)))
                                    .toList());
        };
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value).replace(".0E", "e").replace("E", "e");
    }
}
