package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Abstention;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Score;
import dev.sartor.evaluate.statistics.Clusters;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.NestedShares;
import dev.sartor.evaluate.statistics.Proportions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What a candidate that may abstain does on the test examples.
///
/// @param chosen on validation
/// @param coverage the share of the test examples that it answers, with its 95 % interval (Wilson, by group where
///     examples have one)
/// @param precision the share of these answers that is right, likewise; empty where it answers nothing
public record Abstained(Abstention chosen, Score coverage, Optional<Score> precision) {
    /// Empty where the task asks for no precision.
    static Optional<Abstained> of(Optional<Abstention> chosen, List<StoredAnswer> answers) {
        return chosen.map(by -> {
            var given = answers.stream().filter(each -> each.sure() >= by.threshold()).toList();
            return new Abstained(
                    by,
                    share("coverage", answers, each -> each.sure() >= by.threshold() ? 1 : 0),
                    given.isEmpty()
                            ? Optional.empty()
                            : Optional.of(share("precision", given, StoredAnswer::score)));
        });
    }

    private static Score share(
            String name, List<StoredAnswer> answers, ToDoubleFunction<StoredAnswer> isSo) {
        var values = answers.stream().mapToDouble(isSo).toArray();
        double some = Arrays.stream(values).sum();
        var clusters = Clusters.of(answers.stream().map(StoredAnswer::group).toList());
        var interval =
                clusters.isEmpty()
                        ? Proportions.wilson((int) some, values.length)
                        : NestedShares.of(new double[][] {values}, clusters)
                                .interval(Interval.USUAL_ERROR);
        return new Score(
                name, some / values.length, interval.low(), interval.high(), values.length);
    }

    /// Whether it answers something, and its answers are not shown to be right less often than is asked for.
    boolean isPrecise() {
        return precision.filter(each -> each.high() >= chosen.precision()).isPresent();
    }

    /// The share that is left to people.
    double left() {
        return 1 - coverage.value();
    }
}
