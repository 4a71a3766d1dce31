package dev.sartor.compare.report;

import dev.sartor.compare.failure.FailurePoint;
import dev.sartor.compare.failure.FailurePoints;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskFailures;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.project.setting.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What went wrong: a bar and the figures of each candidate that shows passages.
///
/// @param kinds those that occur at all
record FailureView(String rightFrom, List<Kind> kinds, List<Row> rows) {
    /// @param style the name of its colour
    record Kind(String words, String style) {
        static Kind of(FailurePoint point) {
            return new Kind(point.words(), colour(point));
        }
    }

    record Row(String name, boolean isChosen, String right, List<Part> bar, List<Cell> cells) {}

    /// @param width in per cent of the bar
    record Part(String style, double width) {}

    record Cell(String words, int count, String share) {}

    static FailureView of(TaskResult task, TaskFailures failures) {
        var known =
                task.candidates().stream().filter(each -> failures.of(each).isPresent()).toList();
        var points =
                Arrays.stream(FailurePoint.values())
                        .filter(point ->
                                known.stream()
                                        .flatMap(each -> failures.of(each).stream())
                                        .anyMatch(each -> occurs(each, point)))
                        .toList();
        return new FailureView(
                Figures.score(failures.rightFrom()),
                points.stream().map(Kind::of).toList(),
                known.stream()
                        .map(each ->
                                row(
                                        each,
                                        failures.of(each).orElseThrow(),
                                        points::contains,
                                        each.name().equals(task.verdict().candidate())))
                        .toList());
    }

    private static boolean occurs(FailurePoints of, FailurePoint point) {
        return of.shares().stream().anyMatch(share -> share.point() == point && share.count() > 0);
    }

    private static Row row(
            Measured candidate,
            FailurePoints failures,
            Predicate<FailurePoint> isShown,
            boolean isChosen) {
        var shares = failures.shares().stream().filter(each -> isShown.test(each.point())).toList();
        return new Row(
                candidate.name(),
                isChosen,
                failures.answers() - failures.wrong() + " of " + failures.answers(),
                shares.stream()
                        .filter(each -> each.count() > 0)
                        .map(each -> new Part(colour(each.point()), 100 * each.share()))
                        .toList(),
                shares.stream()
                        .map(each ->
                                new Cell(
                                        each.point().words(),
                                        each.count(),
                                        String.format(
                                                Locale.ROOT,
                                                "%.0f %% [%.0f, %.0f]",
                                                100 * each.share(),
                                                100 * each.interval().low(),
                                                100 * each.interval().high())))
                        .toList());
    }

    private static String colour(FailurePoint point) {
        return Wire.value(point);
    }
}
