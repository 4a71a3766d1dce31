package dev.sartor.cli;

import dev.sartor.compare.CurvePoint;
import dev.sartor.compare.TunedAdapter;
import dev.sartor.tune.TrainingReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.TreeMap;

/// What a run keeps of a training's report.
final class TrainingFigures {
    private TrainingFigures() {}

    static TunedAdapter of(TrainingReport report) {
        var validation = new TreeMap<Double, Double>();
        var bySteps = new HashMap<Integer, Double>();
        for (var check : report.checks()) {
            check.validation()
                    .ifPresent(score -> {
                        validation.put(check.epoch(), score.value());
                        bySteps.put(check.step(), score.value());
                    });
        }
        double perEpoch = report.checks().getLast().step() / report.checks().getLast().epoch();
        var curve =
                report.steps().stream()
                        .map(step ->
                                new CurvePoint(
                                        step.step(),
                                        step.step() / perEpoch,
                                        step.loss(),
                                        Optional.ofNullable(bySteps.get(step.step()))))
                        .toList();
        var said = new ArrayList<String>();
        if (report.dropped() > 0) {
            said.add(
                    report.dropped()
                            + " training examples were longer than max_tokens and left out.");
        }
        return new TunedAdapter(
                report.parameters(),
                report.seconds(),
                validation,
                report.bestStep() / perEpoch,
                curve,
                said);
    }
}
