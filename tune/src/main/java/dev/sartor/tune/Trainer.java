package dev.sartor.tune;

import dev.sartor.core.Cancellation;
import dev.sartor.core.Json;
import dev.sartor.core.Progress;
import dev.sartor.core.Sha256;
import dev.sartor.model.Decoder;
import dev.sartor.model.LoraAdapter;
import dev.sartor.model.LoraLayout;
import dev.sartor.model.PeftFolder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/// Trains an adapter: epoch after epoch over shuffled rows, measured after each, the best one kept. A training that is
/// stopped or killed goes on from its last checkpoint when it is started again with the same recipe and folder.
public final class Trainer {
    private final Decoder decoder;
    private final String baseModel;
    private final TuneSettings settings;

    /// @param baseModel the model's name, noted in the adapter
    public Trainer(Decoder decoder, String baseModel, TuneSettings settings) {
        this.decoder = decoder;
        this.baseModel = baseModel;
        this.settings = settings;
    }

    /// What a training needs from around it.
    ///
    /// @param folder receives the adapter in PEFT's format and, while it runs, the checkpoint
    /// @param check empty to keep the last epoch unmeasured
    public record Surroundings(
            Path folder,
            Optional<EpochCheck> check,
            Progress progress,
            Cancellation cancellation) {}

    /// Trains to the end and writes the adapter.
    ///
    /// @throws dev.sartor.core.SartorException of the kind STOPPED when the user stops it; the checkpoint is written then
    public TrainingReport train(TrainingSet set, Surroundings around) {
        try (var owner = new Owned(decoder, settings)) {
            var run =
                    new TrainingRun(set, settings, owner.training, owner.best, recipe(set), around);
            var report = run.toTheEnd();
            Engine.run(() -> {
                try (var _ = TensorScope.open()) {
                    owner.adapter.flat().copyFrom(owner.best);
                    PeftFolder.write(
                            around.folder(),
                            owner.adapter,
                            new PeftFolder.Origin(baseModel, "CAUSAL_LM", 0));
                }
            });
            new Checkpoint(around.folder()).remove();
            return report;
        }
    }

    private String recipe(TrainingSet set) {
        var rows =
                set.rows().stream()
                        .map(row -> Arrays.hashCode(row.ids()) + ":" + row.answerStart())
                        .toList();
        return Sha256.of(Json.line(settings) + baseModel + decoder.parameters() + rows);
    }

    /// The native memory of one training.
    private static final class Owned implements AutoCloseable {
        private final TensorScope scope = TensorScope.owner();
        private final LoraAdapter adapter;
        private final LoraTraining training;
        private final Tensor best;

        Owned(Decoder decoder, TuneSettings settings) {
            var layout = LoraLayout.everywhere(decoder, settings.rank(), settings.scale());
            adapter =
                    inScope(() -> LoraAdapter.fresh(layout, new SplittableRandom(settings.seed())));
            training =
                    inScope(() ->
                            new LoraTraining(
                                    decoder, adapter, settings.weightDecay(), settings.maxNorm()));
            best = inScope(() -> scope.adopt(Tensors.zeros(DType.F32, layout.parameters())));
        }

        private static <T> T inScope(java.util.concurrent.Callable<T> work) {
            return Engine.call(() -> {
                try (var _ = TensorScope.open()) {
                    return work.call();
                }
            });
        }

        @Override
        public void close() {
            training.close();
            adapter.close();
            Engine.run(scope::close);
        }
    }
}
