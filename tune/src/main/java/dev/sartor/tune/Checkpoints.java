package dev.sartor.tune;

import dev.sartor.core.Json;
import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import dev.sartor.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A training's checkpoints in a folder of their own: the newest two, and the best parameters that they tell of. For the
/// engine's thread.
final class Checkpoints {
    private static final int KEPT = 2;
    private static final String STEP = "step-";
    private static final String BEST = "best-";
    private static final String ENDING = ".safetensors";

    private final Path folder;
    private final Trainable trained;
    private final AdamW optimiser;

    Checkpoints(Path runFolder, Trainable trained, AdamW optimiser) {
        this.folder = runFolder.resolve("checkpoints");
        this.trained = trained;
        this.optimiser = optimiser;
    }

    Path folder() {
        return folder;
    }

    void write(TrainingState state) {
        Checkpoint.write(file(STEP, state.step()), all(), Json.line(state));
        prune();
    }

    /// Keeps the parameters as they are now as the best; a checkpoint that tells of them is to follow.
    void writeBest(int step) {
        Checkpoint.write(file(BEST, step), masters(), Json.line(step));
    }

    /// Sets the parameters to what was kept as the best.
    void takeBest(int step) {
        var file = file(BEST, step);
        if (Checkpoint.read(file, masters()).isEmpty()) {
            throw SartorException.missing(
                    file
                            + ", the best parameters of this training, is damaged or gone: remove the folder "
                            + folder
                            + " and tune again");
        }
        trained.refresh();
    }

    /// Takes up the newest checkpoint that is whole, with the best parameters that it tells of.
    ///
    /// @throws SartorException a user's error when it is of another recipe
    Optional<TrainingState> resume(String recipe, Progress progress) {
        for (var file : files(STEP)) {
            var read = Checkpoint.read(file, all());
            if (read.isEmpty()) {
                progress.say(file + " is damaged: the checkpoint before it is taken.");
                continue;
            }
            var state = Json.mapper().readValue(read.get(), TrainingState.class);
            if (!recipe.equals(state.recipe())) {
                throw SartorException.user(
                        file
                                + " is of another recipe or other data: remove "
                                + folder
                                + ", or choose another folder for this training.");
            }
            if (state.bestStep() > 0 && !Files.exists(file(BEST, state.bestStep()))) {
                progress.say(
                        file(BEST, state.bestStep()) + " is gone: the checkpoint before is taken.");
                continue;
            }
            optimiser.resumeAt(state.taken());
            trained.refresh();
            return Optional.of(state);
        }
        return Optional.empty();
    }

    /// Removes all of them.
    void remove() {
        for (var kind : List.of(STEP, BEST)) {
            files(kind).forEach(Checkpoints::delete);
        }
        delete(folder);
    }

    /// Removes what a killed process left half written. Nobody else may write here.
    void sweep() {
        if (Files.isDirectory(folder)) {
            list().stream()
                    .filter(file -> file.getFileName().toString().endsWith(".part"))
                    .forEach(Checkpoints::delete);
        }
    }

    private void prune() {
        var steps = files(STEP);
        var kept = steps.subList(0, Math.min(KEPT, steps.size()));
        steps.stream().skip(KEPT).forEach(Checkpoints::delete);
        var best =
                kept.stream()
                        .flatMap(file -> Checkpoint.state(file).stream())
                        .map(state -> Json.mapper().readTree(state).path("bestStep").asInt(0))
                        .map(step -> file(BEST, step))
                        .collect(Collectors.toSet());
        files(BEST).stream().filter(file -> !best.contains(file)).forEach(Checkpoints::delete);
    }

    private Map<String, Tensor> masters() {
        return named("parameters", trained.masters());
    }

    private Map<String, Tensor> all() {
        var all = new LinkedHashMap<>(masters());
        all.putAll(named("optimiser", optimiser.state()));
        return all;
    }

    private static Map<String, Tensor> named(String name, List<Tensor> arrays) {
        var named = new LinkedHashMap<String, Tensor>();
        for (int i = 0; i < arrays.size(); i++) {
            named.put(String.format(Locale.ROOT, "%s.%05d", name, i), arrays.get(i));
        }
        return named;
    }

    private Path file(String kind, int step) {
        return folder.resolve(String.format(Locale.ROOT, "%s%08d%s", kind, step, ENDING));
    }

    /// The newest first.
    private List<Path> files(String kind) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return list().stream()
                .filter(file -> file.getFileName().toString().startsWith(kind))
                .filter(file -> file.getFileName().toString().endsWith(ENDING))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private List<Path> list() {
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
