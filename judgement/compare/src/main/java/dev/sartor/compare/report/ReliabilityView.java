package dev.sartor.compare.report;

import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.Reliability;
import dev.sartor.compare.verdict.TaskResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How sure the candidates are: a row of figures each, and the curve of precision against coverage of the one that the verdict names.
///
/// @param line the curve's points for an SVG polyline in a box of 300 × 100 of which the left lower corner is nothing answered and
///     nothing right; empty where that candidate has no confidence
record ReliabilityView(List<Row> rows, String line) {
    record Row(
            String name,
            boolean isChosen,
            String error,
            String uncalibrated,
            String at90,
            String at95,
            String at99) {}

    static ReliabilityView of(TaskResult task) {
        var chosen = task.verdict().candidate();
        var rows =
                task.candidates().stream()
                        .flatMap(each ->
                                each.reliability().stream().map(found -> row(each, found, chosen)))
                        .toList();
        var line =
                task.candidate(chosen)
                        .reliability()
                        .map(found ->
                                found.curve().stream()
                                        .map(ReliabilityView::point)
                                        .collect(Collectors.joining(" ")))
                        .orElse("");
        return new ReliabilityView(rows, line);
    }

    private static Row row(Measured candidate, Reliability found, String chosen) {
        return new Row(
                candidate.name(),
                candidate.name().equals(chosen),
                Figures.score(found.error()),
                Figures.score(found.errorUncalibrated()),
                share(found.coverageAt(0.90)),
                share(found.coverageAt(0.95)),
                share(found.coverageAt(0.99)));
    }

    private static String share(double coverage) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * coverage);
    }

    private static String point(Reliability.Point point) {
        return String.format(
                Locale.ROOT, "%.1f,%.1f", 300 * point.coverage(), 100 * (1 - point.precision()));
    }
}
