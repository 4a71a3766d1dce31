package dev.sartor.compare.failure;

import dev.sartor.compare.run.CheckedAnswer;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.SartorException;
import dev.sartor.evaluate.statistics.Clusters;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.NestedShares;
import dev.sartor.evaluate.statistics.Proportions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How often a candidate that shows passages went wrong in which way, by its stored answers to the test examples.
///
/// @param rightFrom the least score of an answer that is right
/// @param each answer's, in their order; empty where it is right
public record FailurePoints(
        double rightFrom, List<Optional<FailurePoint>> each, List<Optional<String>> groups) {
    public FailurePoints {
        each = List.copyOf(each);
        groups = List.copyOf(groups);
    }

    /// How many answers are of one kind.
    ///
    /// @param share of all answers, right ones included
    /// @param interval Wilson's at 95 %, at the effective sample size where examples come in groups
    public record Share(FailurePoint point, int count, double share, Interval interval) {}

    /// @param checks of the same answers
    /// @param unanswerable the right answer where there is none
    public static FailurePoints of(
            List<StoredAnswer> answers,
            List<CheckedAnswer> checks,
            Optional<String> unanswerable,
            double rightFrom) {
        if (answers.size() != checks.size()) {
            throw SartorException.defect(
                    checks.size() + " of " + answers.size() + " answers were checked");
        }
        var each = new ArrayList<Optional<FailurePoint>>();
        for (int i = 0; i < answers.size(); i++) {
            var answer = answers.get(i);
            each.add(
                    answer.score() >= rightFrom
                            ? Optional.empty()
                            : Optional.of(FailurePoint.of(answer, checks.get(i), unanswerable)));
        }
        return new FailurePoints(
                rightFrom, each, answers.stream().map(StoredAnswer::group).toList());
    }

    public int answers() {
        return each.size();
    }

    public int wrong() {
        return (int) each.stream().filter(Optional::isPresent).count();
    }

    /// Every kind, those without an answer included.
    public List<Share> shares() {
        return Arrays.stream(FailurePoint.values()).map(this::share).toList();
    }

    private Share share(FailurePoint point) {
        var is =
                each.stream()
                        .mapToDouble(one -> Objects.equals(one, Optional.of(point)) ? 1 : 0)
                        .toArray();
        int count = (int) Arrays.stream(is).sum();
        var interval =
                Clusters.of(groups)
                        .map(clusters ->
                                NestedShares.of(new double[][] {is}, Optional.of(clusters))
                                        .interval(Interval.USUAL_ERROR))
                        .orElseGet(() -> Proportions.wilson(count, is.length));
        return new Share(point, count, (double) count / is.length, interval);
    }
}
