package dev.sartor.cli.fit;

import dev.sartor.cli.console.Table;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.Abstained;
import dev.sartor.compare.verdict.ComparisonJson;
import dev.sartor.compare.verdict.ComparisonJson.CandidateJson;
import dev.sartor.compare.verdict.ComparisonJson.ReliabilityJson;
import dev.sartor.compare.verdict.ComparisonJson.TaskJson;
import dev.sartor.compare.verdict.FailuresJson;
import dev.sartor.compare.verdict.OutOfScope;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Collectors;

/// A comparison as people read it on a terminal: a table for each task, and its verdict.
final class ComparisonText {
    private ComparisonText() {}

    static String of(ComparisonJson comparison) {
        var lines = new ArrayList<String>();
        for (var task : comparison.tasks()) {
            lines.add("");
            lines.add(
                    task.name()
                            + ": "
                            + task.metric()
                            + " on "
                            + task.testRows()
                            + " test examples");
            lines.add(table(task).toString());
            task.baselines()
                    .forEach(each ->
                            lines.add(
                                    String.format(
                                            Locale.ROOT,
                                            "Baseline %s (%s): %s [%s, %s]",
                                            each.name(),
                                            each.means(),
                                            Figures.score(each.score()),
                                            Figures.score(each.low()),
                                            Figures.score(each.high()))));
            task.judge().ifPresent(each -> lines.add(each.said()));
            task.dropped().forEach(each -> lines.add(each.why()));
            lines.add("");
            lines.add("Verdict: " + verdict(task));
            lines.add(task.verdict().why());
            task.candidates().stream()
                    .filter(each -> each.name().equals(task.verdict().candidate()))
                    .flatMap(each -> each.reliability().stream())
                    .forEach(each -> lines.add(sure(task.verdict().candidate(), each)));
            task.candidates()
                    .forEach(each ->
                            each.outOfScope()
                                    .ifPresent(said -> lines.add(outOfScope(each.name(), said))));
            task.candidates()
                    .forEach(each ->
                            each.abstained().ifPresent(said -> lines.add(left(each.name(), said))));
            task.candidates()
                    .forEach(each ->
                            each.failurePoints()
                                    .ifPresent(said -> lines.add(wrong(each.name(), said))));
            task.failed()
                    .forEach(each ->
                            lines.add(
                                    each.name()
                                            + " failed, and the verdict knows nothing of it: "
                                            + each.why()));
        }
        return String.join("\n", lines).strip();
    }

    private static String sure(String candidate, ReliabilityJson reliability) {
        return String.format(
                Locale.ROOT,
                "At 95 %% precision %s answers %.0f %% of the questions by itself and leaves the rest to a person"
                        + " (calibration error %.3f, uncalibrated %.3f).",
                candidate,
                100 * reliability.coverageAtPrecision().getOrDefault("0.95", 0.0),
                reliability.calibrationError(),
                reliability.calibrationErrorUncalibrated());
    }

    private static String outOfScope(String candidate, OutOfScope said) {
        return String.format(
                Locale.ROOT,
                "%s finds %.0f %% of the %d examples that are '%s', and takes %.0f %% of the others for them%s.",
                candidate,
                100 * said.found(),
                said.rows(),
                said.label(),
                100 * said.falseAlarms(),
                said.auroc()
                        .map(area -> String.format(Locale.ROOT, " (AUROC %.3f)", area))
                        .orElse(""));
    }

    private static String left(String candidate, Abstained said) {
        return String.format(
                Locale.ROOT,
                "%s answers %.0f %% of the questions and leaves the rest to a person; %s of its answers are right (%.0f %% asked"
                        + " for).",
                candidate,
                100 * said.coverage().value(),
                said.precision()
                        .map(share -> String.format(Locale.ROOT, "%.1f %%", 100 * share.value()))
                        .orElse("none"),
                100 * said.chosen().precision());
    }

    private static String wrong(String candidate, FailuresJson said) {
        var points =
                said.points().values().stream()
                        .filter(each -> each.count() > 0)
                        .map(each -> each.count() + " " + each.means())
                        .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "%s is wrong in %d of %d answers%s (right from %s on).",
                candidate,
                said.wrong(),
                said.answers(),
                points.isEmpty() ? "" : ": " + points,
                Figures.score(said.rightFrom()));
    }

    private static String verdict(TaskJson task) {
        var candidate = task.verdict().candidate();
        return switch (task.verdict().kind()) {
            case "ship" -> "ship " + candidate + ".";
            case "too-small-to-tell" ->
                    "the test set is too small to tell; the best is " + candidate + ".";
            case "not-shown-usable" ->
                    candidate + " is the best of these, and not shown to be usable.";
            default -> "nothing meets the target; the best is " + candidate + ".";
        };
    }

    private static Table table(TaskJson task) {
        var table =
                new Table(
                        "candidate",
                        ">score",
                        ">95 % interval",
                        ">free text",
                        ">unsupported",
                        ">s/answer",
                        ">tokens",
                        ">set-up s",
                        ">per 1,000");
        task.candidates().forEach(candidate -> table.row(cells(candidate)));
        return table;
    }

    private static Object[] cells(CandidateJson candidate) {
        return new Object[] {
            candidate.name(),
            figure("%.3f", candidate.score()),
            figure("%.3f", candidate.low()) + "–" + figure("%.3f", candidate.high()),
            candidate.freeText().map(score -> figure("%.3f", score.value())).orElse("–"),
            candidate.unsupported().map(share -> figure("%.3f", share.value())).orElse("–"),
            figure("%.3f", candidate.secondsPerAnswer()),
            figure("%.0f", candidate.promptTokens()),
            figure("%.0f", candidate.setupSeconds()),
            figure("%.4f", candidate.costPerThousand())
        };
    }

    private static String figure(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
