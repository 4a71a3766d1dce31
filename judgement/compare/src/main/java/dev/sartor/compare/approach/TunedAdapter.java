package dev.sartor.compare.approach;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sartor.compare.run.CurvePoint;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.PrivacyRecord;
import dev.sartor.tune.Ability;
import dev.sartor.tune.ClippedRows;
import dev.sartor.tune.TrainingReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What was trained. It lies in the request's folder: an adapter as a PEFT directory, or a whole model.
///
/// @param parameters how many were trained
/// @param seconds all the training took, over all starts
/// @param validation the score at each measurement, by the epochs that were done
/// @param keptEpoch the epochs that were done where it scored best
/// @param privacy what was promised of each training example; empty for nothing
/// @param said what the user should know, such as how many examples were too long; one sentence each
public record TunedAdapter(
        long parameters,
        double seconds,
        Map<Double, Double> validation,
        double keptEpoch,
        List<CurvePoint> curve,
        List<String> said,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PrivacyRecord> privacy) {
    public TunedAdapter {
        validation = Map.copyOf(validation);
        curve = List.copyOf(curve);
        said = List.copyOf(said);
    }

    /// Without privacy.
    public TunedAdapter(
            long parameters,
            double seconds,
            Map<Double, Double> validation,
            double keptEpoch,
            List<CurvePoint> curve,
            List<String> said) {
        this(parameters, seconds, validation, keptEpoch, curve, said, Optional.empty());
    }

    /// With the score before the first step, as that of epoch 0.
    public TunedAdapter withBefore(double score) {
        var all = new HashMap<>(validation);
        all.put(0.0, score);
        return new TunedAdapter(parameters, seconds, all, keptEpoch, curve, said, privacy);
    }

    /// With a sentence more for the user.
    public TunedAdapter withSaid(String sentence) {
        var all = new ArrayList<>(said);
        all.add(sentence);
        return new TunedAdapter(parameters, seconds, validation, keptEpoch, curve, all, privacy);
    }

    public static TunedAdapter of(TrainingReport report) {
        var last = report.checks().getLast();
        double perEpoch = last.step() / last.epoch();
        var validation = new HashMap<Double, Double>();
        for (var check : report.checks()) {
            check.validation().ifPresent(score -> validation.put(check.epoch(), score.value()));
        }
        return new TunedAdapter(
                report.parameters(),
                report.seconds(),
                validation,
                report.bestStep() / perEpoch,
                curve(report, perEpoch),
                said(report, perEpoch),
                privacy(report));
    }

    private static Optional<PrivacyRecord> privacy(TrainingReport report) {
        return report.privacy()
                .map(ledger ->
                        PrivacyRecord.of(
                                ledger, report.clipped().orElseGet(() -> new ClippedRows(0, 0))));
    }

    private static List<CurvePoint> curve(TrainingReport report, double perEpoch) {
        var checks = new HashMap<Integer, TrainingReport.CheckReport>();
        report.checks().forEach(check -> checks.put(check.step(), check));
        var curve = new ArrayList<CurvePoint>();
        report.before()
                .ifPresent(before ->
                        curve.add(
                                new CurvePoint(
                                        0,
                                        0,
                                        firstLoss(report),
                                        Optional.empty(),
                                        Optional.of(before.rightChoice()))));
        for (var step : report.steps()) {
            var check = Optional.ofNullable(checks.get(step.step()));
            if (Double.isFinite(step.loss())) {
                curve.add(
                        new CurvePoint(
                                step.step(),
                                step.step() / perEpoch,
                                step.loss(),
                                check.flatMap(TrainingReport.CheckReport::validation)
                                        .map(score -> score.value()),
                                check.flatMap(TrainingReport.CheckReport::ability)
                                        .map(Ability::rightChoice)));
            }
        }
        return curve;
    }

    /// 0 where no step had one.
    private static double firstLoss(TrainingReport report) {
        return report.steps().stream()
                .mapToDouble(TrainingReport.StepReport::loss)
                .filter(Double::isFinite)
                .findFirst()
                .orElse(0);
    }

    private static List<String> said(TrainingReport report, double perEpoch) {
        var said = new ArrayList<String>();
        if (report.dropped() > 0) {
            said.add(
                    report.dropped()
                            + " training examples were longer than max_tokens and left out.");
        }
        privacy(report)
                .ifPresent(promised -> said.add("Differential privacy: " + promised.text() + "."));
        report.ended()
                .ifPresent(why ->
                        said.add(
                                String.format(
                                        Locale.ROOT,
                                        "The training ended after step %d of epoch %.3g: %s. Its state after step %d is kept.",
                                        report.steps().size(),
                                        report.steps().size() / perEpoch,
                                        why,
                                        report.bestStep())));
        report.checks().stream()
                .filter(check -> check.step() == report.bestStep())
                .findFirst()
                .flatMap(check -> report.lost(check))
                .ifPresent(lost ->
                        said.add(
                                String.format(
                                        Locale.ROOT,
                                        "General ability: %s points (%s to %s) against before, in how likely the right choices of %d general questions are.",
                                        Figures.points(-lost.mean()),
                                        Figures.points(-lost.high()),
                                        Figures.points(-lost.low()),
                                        report.before().orElseThrow().right().size())));
        return said;
    }
}
