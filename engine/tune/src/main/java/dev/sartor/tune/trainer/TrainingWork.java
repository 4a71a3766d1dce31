package dev.sartor.tune.trainer;

import dev.sartor.core.file.Failpoints;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.checkpoint.Checkpoints;
import dev.sartor.tune.checkpoint.FinishedTraining;
import dev.sartor.tune.objective.Learner;

/// A training under way.
record TrainingWork<R>(TrainingRun<R> run, Learner<R> learner, String recipe) {
    TrainingReport finished(TrainingReport report, String baseModel, Trainer.Surroundings around) {
        Failpoints.pass("tune.result-begun");
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                learner.trained().write(around.folder(), baseModel);
            }
        });
        Failpoints.pass("tune.result-kept");
        FinishedTraining.write(around.folder(), recipe, report);
        Failpoints.pass("tune.recorded");
        Checkpoints.remove(around.folder());
        return report;
    }
}
