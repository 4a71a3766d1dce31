package dev.sartor.tune.trainer;

import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.memory.StepWork;
import dev.sartor.tune.objective.CausalLmObjective;
import dev.sartor.tune.objective.Learner;
import dev.sartor.tune.objective.TrainedAdapter;
import java.util.List;
import java.util.SplittableRandom;

/// Steps of a fresh adapter, one at a time, without what a training does besides: no checks, no checkpoints, no schedule. For
/// measurements, on the engine's thread, within a {@link TensorScope} that owns the adapter.
public final class LoraSteps implements AutoCloseable {
    private final Learner<TrainingRow> learner;
    private final double rate;
    private int steps;

    /// @param settings whose method is LoRA
    public LoraSteps(Decoder decoder, TuneSettings settings) {
        var trained = fresh(decoder, settings);
        var objective = new CausalLmObjective(decoder, trained, settings.kept(), false);
        this.learner = new Learner<>(trained, objective, settings);
        this.rate = settings.schedule().learningRate();
    }

    private static TrainedAdapter fresh(Decoder decoder, TuneSettings settings) {
        return TrainedAdapter.fresh(
                decoder,
                (TuneMethod.Lora) settings.method(),
                new SplittableRandom(settings.seed()));
    }

    /// @return the mean loss over the rows' targets before the step, in nats
    public double step(List<TrainingRow> rows) {
        return learner.step(steps++, rows, rate, _ -> true).loss();
    }

    /// Billions of operations that a token of a step needs, by formula: {@link StepWork}.
    ///
    /// @param length tokens of each row
    public static double gflopPerToken(Decoder decoder, TuneSettings settings, int length) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var trained = fresh(decoder, settings)) {
                return StepWork.of(decoder, trained.count()).training(1, 1, length);
            }
        });
    }

    @Override
    public void close() {
        learner.close();
    }
}
