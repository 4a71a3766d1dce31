package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Abstention;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Score;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Proportions;
import java.util.List;
import java.util.Optional;

/// What a candidate that may abstain does on the test examples.
///
/// @param chosen on validation
/// @param coverage the share of the test examples that it answers, with its 95 % interval (Wilson)
/// @param precision the share of these answers that is right, likewise; empty where it answers nothing
public record Abstained(Abstention chosen, Score coverage, Optional<Score> precision) {
    /// Empty where the task asks for no precision.
    static Optional<Abstained> of(Optional<Abstention> chosen, List<StoredAnswer> answers) {
        return chosen.map(by -> {
            var given = answers.stream().filter(each -> each.sure() >= by.threshold()).toList();
            int right = (int) given.stream().mapToDouble(StoredAnswer::score).sum();
            return new Abstained(
                    by,
                    share("coverage", given.size(), answers.size()),
                    given.isEmpty()
                            ? Optional.empty()
                            : Optional.of(share("precision", right, given.size())));
        });
    }

    private static Score share(String name, int some, int all) {
        Interval interval = Proportions.wilson(some, all);
        return new Score(name, (double) some / all, interval.low(), interval.high(), all);
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
