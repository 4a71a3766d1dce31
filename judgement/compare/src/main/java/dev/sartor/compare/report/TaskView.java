package dev.sartor.compare.report;

import dev.sartor.compare.run.CurvePoint;
import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.Abstained;
import dev.sartor.compare.verdict.Baseline;
import dev.sartor.compare.verdict.BreakEven;
import dev.sartor.compare.verdict.FailedCandidate;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.OutOfScope;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.compare.verdict.TaskFailures;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.compare.verdict.Verdict;
import dev.sartor.core.Score;
import dev.sartor.project.setting.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// One task's part of the report, in words.
///
/// @param prompt the id of the prompt's version that was measured
/// @param validationMetric what validation chose by
/// @param rule what good enough means here
/// @param kind the verdict's, such as `ship`
/// @param headline what to do, in a few words
record TaskView(
        String name,
        String instruction,
        Optional<String> prompt,
        String metric,
        String validationMetric,
        int testRows,
        String rule,
        String kind,
        String headline,
        String why,
        String volumes,
        String currency,
        List<ScoreRow> scores,
        List<CostRow> costs,
        List<PairRow> pairs,
        List<CurveRow> curve,
        Optional<MatrixView> matrix,
        List<DisputeView> disputes,
        List<RecipeView> recipes,
        List<String> baselines,
        ReliabilityView reliability,
        List<String> outOfScope,
        List<String> left,
        FailureView failures,
        List<String> dropped,
        List<FailedCandidate> failed,
        List<String> said) {
    /// @param low, value and high in per cent of the scale from 0 to 1, for drawing
    record ScoreRow(
            String name,
            boolean isChosen,
            boolean isGoodEnough,
            String score,
            String interval,
            double low,
            double value,
            double high,
            String toBest,
            String toBestInterval,
            String p,
            String also) {}

    record CostRow(
            String name,
            boolean isChosen,
            String perThousand,
            String seconds,
            String promptTokens,
            String answerTokens,
            String setup,
            String memory,
            String adapter) {}

    record PairRow(
            String first,
            String second,
            String difference,
            String interval,
            String p,
            String holm) {}

    /// @param ability general ability; empty where it was not measured
    record CurveRow(String step, String epoch, String loss, String validation, String ability) {
        static CurveRow of(CurvePoint point) {
            return new CurveRow(
                    Integer.toString(point.step()),
                    Figures.seconds(point.epoch()),
                    Figures.score(point.loss()),
                    point.validation().map(Figures::score).orElse(""),
                    point.ability().map(Figures::score).orElse(""));
        }
    }

    static TaskView of(TaskResult task, TaskFailures failures) {
        var verdict = task.verdict();
        return new TaskView(
                task.task().name(),
                task.task().instruction(),
                prompt(task),
                words(task.metric()),
                words(Metrics.of(task.task()).name()),
                task.testRows(),
                rule(task),
                verdict.kind(),
                headline(verdict),
                verdict.why(),
                volumes(verdict),
                task.costs().currency(),
                task.candidates().stream().map(each -> score(task, each)).toList(),
                task.candidates().stream().map(each -> cost(task, each)).toList(),
                task.pairings().stream().map(TaskView::pair).toList(),
                curve(task),
                MatrixView.of(task),
                DisputeView.of(task, failures),
                task.candidates().stream().map(RecipeView::of).toList(),
                task.baselines().stream().map(TaskView::baseline).toList(),
                ReliabilityView.of(task),
                task.candidates().stream()
                        .flatMap(each ->
                                each.outOfScope().map(said -> outOfScope(each, said)).stream())
                        .toList(),
                task.candidates().stream()
                        .flatMap(each -> each.abstained().map(said -> left(each, said)).stream())
                        .toList(),
                FailureView.of(task, failures),
                task.dropped().stream().map(Dropped::why).toList(),
                task.failed(),
                task.said());
    }

    /// The prompt's versions that were measured, mostly one.
    private static Optional<String> prompt(TaskResult task) {
        var versions =
                task.candidates().stream()
                        .flatMap(each -> each.run().promptVersion().stream())
                        .distinct()
                        .toList();
        return versions.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", versions));
    }

    private static String baseline(Baseline baseline) {
        var score = baseline.score();
        return String.format(
                Locale.ROOT,
                "%s, %s: %s [%s, %s]",
                baseline.name(),
                baseline.means(),
                Figures.score(score.value()),
                Figures.score(score.low()),
                Figures.score(score.high()));
    }

    private static String outOfScope(Measured candidate, OutOfScope said) {
        return String.format(
                Locale.ROOT,
                "%s finds %s of the %d test examples that are '%s', and takes %s of the others for them%s.",
                candidate.name(),
                Figures.score(said.found()),
                said.rows(),
                said.label(),
                Figures.score(said.falseAlarms()),
                said.auroc()
                        .map(area -> "; AUROC of its confidence " + Figures.score(area))
                        .orElse(""));
    }

    private static String left(Measured candidate, Abstained said) {
        return String.format(
                Locale.ROOT,
                "%s answers %s of the test examples [%s, %s], those of which it is at least %.3f sure, and leaves the rest to"
                        + " a person. Right of these answers: %s.",
                candidate.name(),
                Figures.score(said.coverage().value()),
                Figures.score(said.coverage().low()),
                Figures.score(said.coverage().high()),
                said.chosen().threshold(),
                said.precision()
                        .map(share ->
                                String.format(
                                        Locale.ROOT,
                                        "%s [%s, %s]",
                                        Figures.score(share.value()),
                                        Figures.score(share.low()),
                                        Figures.score(share.high())))
                        .orElse("none, as it gives none"));
    }

    /// Whose training curve is shown.
    static Optional<Measured> trained(TaskResult task) {
        return task.candidates().stream()
                .filter(each -> !each.run().setup().curve().isEmpty())
                .findFirst();
    }

    private static List<CurveRow> curve(TaskResult task) {
        return trained(task).stream()
                .flatMap(each -> each.run().setup().curve().stream())
                .filter(CurvePoint::isMeasured)
                .map(CurveRow::of)
                .toList();
    }

    private static String rule(TaskResult task) {
        return String.format(
                Locale.ROOT,
                "Good enough is shown to be less than %s points below every other candidate (5 %% error over all of them)%s.",
                Figures.plainPoints(task.task().margin()),
                task.task()
                        .target()
                        .map(target -> ", and at least " + Figures.score(target))
                        .orElse(task.baselines().isEmpty() ? "" : ", and to beat every baseline"));
    }

    private static String words(String metric) {
        return metric.replace('_', ' ').replace("f1", "F1");
    }

    private static String headline(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ship ship -> "Ship " + ship.candidate();
            case Verdict.NothingMeetsTarget ignored -> "Nothing meets the target";
            case Verdict.NotShownUsable ignored -> "Best of these, not shown to be usable";
            case Verdict.TooSmallToTell ignored -> "The test set is too small to tell";
        };
    }

    private static String volumes(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ship ship -> {
                var crossing = BreakEven.sentence(ship.crossings(), ship.candidate());
                var open =
                        ship.open()
                                .map(each ->
                                        " Of "
                                                + String.join(" and ", each.candidates())
                                                + ", cheaper still, the test set is too small to tell;"
                                                + " about "
                                                + each.needed()
                                                + " examples would do.")
                                .orElse("");
                yield ship.goodEnough().size() > 1 ? crossing + open : open.strip();
            }
            case Verdict.NothingMeetsTarget ignored -> "";
            case Verdict.NotShownUsable ignored -> "";
            case Verdict.TooSmallToTell ignored -> "";
        };
    }

    private static ScoreRow score(TaskResult task, Measured each) {
        var score = each.score();
        var toBest = task.pairWithBest(each);
        return new ScoreRow(
                each.name(),
                each.name().equals(task.verdict().candidate()),
                task.isGoodEnough(each),
                Figures.score(score.value()),
                Figures.score(score.low()) + "–" + Figures.score(score.high()),
                100 * score.low(),
                100 * score.value(),
                100 * score.high(),
                toBest.map(pair -> Figures.points(pair.comparison().difference())).orElse("best"),
                toBest.map(TaskView::interval).orElse(""),
                toBest.map(pair -> Figures.p(pair.adjustedP())).orElse(""),
                also(each));
    }

    private static String interval(Pairing pair) {
        return Figures.points(pair.comparison().low())
                + " to "
                + Figures.points(pair.comparison().high());
    }

    private static String also(Measured each) {
        var shown = new ArrayList<String>();
        for (Score score : each.also()) {
            shown.add(words(score.metric()) + " " + Figures.score(score.value()));
        }
        each.freeText().ifPresent(free -> shown.add("free text " + Figures.score(free.value())));
        each.unsupported()
                .ifPresent(share ->
                        shown.add(
                                String.format(
                                        Locale.ROOT,
                                        "unsupported %s (%s–%s)",
                                        Figures.score(share.value()),
                                        Figures.score(share.low()),
                                        Figures.score(share.high()))));
        return shown.stream().collect(Collectors.joining(", "));
    }

    private static CostRow cost(TaskResult task, Measured each) {
        var setup = each.run().setup();
        return new CostRow(
                each.name(),
                each.name().equals(task.verdict().candidate()),
                Figures.money(task.costPerThousand(each)),
                Figures.seconds(each.secondsPerAnswer()),
                String.format(Locale.ROOT, "%.0f", each.promptTokens()),
                String.format(Locale.ROOT, "%.1f", each.completionTokens()),
                Figures.seconds(setup.seconds()),
                each.run()
                        .peakMib()
                        .map(peak -> String.format(Locale.ROOT, "%,d", peak))
                        .orElse("–"),
                setup.adapterShare() > 0 ? Figures.percent(setup.adapterShare()) : "–");
    }

    private static PairRow pair(Pairing pair) {
        return new PairRow(
                pair.first(),
                pair.second(),
                Figures.points(pair.comparison().difference()),
                interval(pair),
                Figures.p(pair.comparison().p()),
                Figures.p(pair.adjustedP()));
    }
}
