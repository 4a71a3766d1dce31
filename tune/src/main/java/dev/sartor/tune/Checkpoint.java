package dev.sartor.tune;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.Safetensors;
import dev.sartor.model.SafetensorsType;
import dev.sartor.model.SafetensorsWriter;
import dev.sartor.model.WeightAccess;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A training's resumable state in one safetensors file, so that it is there whole or not at all.
final class Checkpoint {
    private static final String FILE = "checkpoint.safetensors";

    /// What is kept beside the arrays.
    ///
    /// @param recipe a digest of all that the training depends on; a checkpoint of another recipe is not resumed
    record State(
            String recipe,
            int step,
            int bestEpoch,
            double seconds,
            List<TrainingReport.StepReport> steps,
            List<TrainingReport.EpochReport> epochs) {}

    private final Path file;

    Checkpoint(Path folder) {
        this.file = folder.resolve(FILE);
    }

    Path file() {
        return file;
    }

    /// For the engine's thread.
    void write(State state, LoraTraining training, Tensor best) {
        var tensors =
                Map.of(
                        "parameters", entry(training.adapter().flat()),
                        "mean", entry(training.optimiser().mean()),
                        "square", entry(training.optimiser().square()),
                        "best", entry(best));
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt", "state", Json.line(state)));
    }

    /// Takes up what was written, when it is of the same recipe; says why not otherwise. For the engine's thread.
    Optional<State> resume(String recipe, LoraTraining training, Tensor best) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var stored = Safetensors.open(file, WeightAccess.COPIED);
                var _ = TensorScope.open()) {
            var state =
                    Json.mapper()
                            .readValue(stored.metadata().getOrDefault("state", "{}"), State.class);
            if (!recipe.equals(state.recipe())) {
                throw SartorException.user(
                        file
                                + " is of another recipe or other data: remove the file, or choose another"
                                + " folder for this training.");
            }
            fill(training.adapter().flat(), stored.tensor("parameters"));
            fill(training.optimiser().mean(), stored.tensor("mean"));
            fill(training.optimiser().square(), stored.tensor("square"));
            fill(best, stored.tensor("best"));
            training.optimiser().resumeAt(state.step());
            training.refresh();
            return Optional.of(state);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    private static Safetensors.Entry entry(Tensor flat) {
        return new Safetensors.Entry(
                SafetensorsType.F32,
                List.of(flat.count()),
                MemorySegment.ofArray(flat.memory().toArray(ValueLayout.JAVA_BYTE)));
    }

    private void fill(Tensor target, Safetensors.Entry entry) {
        if (entry.type() != SafetensorsType.F32 || !entry.shape().equals(List.of(target.count()))) {
            throw SartorException.user(
                    file + " is for an adapter of another shape: remove the file and start again.");
        }
        target.copyFrom(Tensors.copyOf(entry.bytes(), DType.F32, target.count()));
    }
}
