package dev.sartor.tune.checkpoint;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Failpoints;
import dev.sartor.core.work.Progress;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.objective.Trainable;
import dev.sartor.tune.optimiser.AdamW;
import dev.sartor.tune.privacy.NoiseKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// A training's checkpoints in a folder of their own: the newest two, and the best parameters that they tell of. For the
/// engine's thread.
public final class Checkpoints {
    private static final int KEPT = 2;
    private static final String STEP = "step-";
    private static final String BEST = "best-";
    private static final String ENDING = ".safetensors";

    private final Path folder;
    private final Trainable trained;
    private final AdamW optimiser;

    /// Those that could not be gone on from; they go when there is a new one.
    private final Set<Path> unusable = new HashSet<>();

    public Checkpoints(Path runFolder, Trainable trained, AdamW optimiser) {
        this.folder = folder(runFolder);
        this.trained = trained;
        this.optimiser = optimiser;
    }

    /// Where a training's lie.
    public static Path folder(Path runFolder) {
        return runFolder.resolve("checkpoints");
    }

    public Path folder() {
        return folder;
    }

    public void write(TrainingState state) {
        var file = file(STEP, state.step());
        try (var _ = TensorScope.open()) {
            Checkpoint.write(file, all(optimiser.state()), Json.line(state));
        }
        Failpoints.pass("tune.checkpoint-kept");
        unusable.remove(file);
        prune();
        Failpoints.pass("tune.pruned");
    }

    /// Keeps the parameters as they are now as the best; a checkpoint that tells of them is to follow.
    public void writeBest(int step) {
        Checkpoint.write(file(BEST, step), masters(), Json.line(step));
        Failpoints.pass("tune.best-kept");
    }

    /// Sets the parameters to what was kept as the best.
    public void takeBest(int step) {
        try (var best = Checkpoint.open(file(BEST, step))) {
            best.fill(masters());
        } catch (DamagedCheckpoint e) {
            throw SartorException.missing(
                    e.getMessage()
                            + ", and it held the best parameters of this training. The same command goes on from the"
                            + " last checkpoint whose best parameters are whole, or starts again where there is none.",
                    e);
        }
        trained.refresh();
    }

    /// Takes up the newest checkpoint that is whole, with the best parameters that it tells of. Says which are not.
    ///
    /// @return empty where there is none; nothing is changed then
    /// @throws SartorException a user's error when it is of another recipe
    public Optional<TrainingState> resume(String recipe, Progress progress) {
        for (var files = files(STEP).iterator(); files.hasNext(); ) {
            var file = files.next();
            try {
                return Optional.of(resume(file, recipe));
            } catch (DamagedCheckpoint e) {
                unusable.add(file);
                progress.say(
                        e.getMessage()
                                + (files.hasNext()
                                        ? ": the checkpoint before it is taken."
                                        : ", and there is no checkpoint before it."));
            }
        }
        return Optional.empty();
    }

    private TrainingState resume(Path file, String recipe) throws DamagedCheckpoint {
        try (var _ = TensorScope.open();
                var stored = Checkpoint.open(file)) {
            var state = state(file, stored.state(), recipe);
            if (state.bestStep() > 0) {
                Checkpoint.open(file(BEST, state.bestStep())).close();
            }
            var room = optimiser.room();
            stored.fill(all(room));
            optimiser.resume(room, state.taken());
            trained.refresh();
            return state;
        }
    }

    private TrainingState state(Path file, String stored, String recipe) {
        if (!Json.mapper().readTree(stored).path("recipe").asString("").equals(recipe)) {
            throw SartorException.user(
                    file
                            + " is of another recipe or other data: remove "
                            + folder
                            + ", or choose another folder for this training.");
        }
        try {
            return Json.mapper().readValue(stored, TrainingState.class);
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " was written by another version of Sartor: go on with that one, or remove "
                            + folder
                            + " to start again.",
                    e);
        }
    }

    /// Whether a training's folder holds any.
    public static boolean areThere(Path runFolder) {
        return !files(folder(runFolder), STEP).isEmpty();
    }

    /// Whether none of those that are there can be gone on from.
    public boolean areAllUnusable() {
        return !unusable.isEmpty() && unusable.containsAll(files(STEP));
    }

    /// Removes all of a training's, and their folder where nothing else lies in it.
    public static void remove(Path runFolder) {
        var folder = folder(runFolder);
        AtomicFile.sweep(folder);
        for (var kind : List.of(STEP, BEST)) {
            files(folder, kind).forEach(Checkpoints::delete);
        }
        NoiseKey.remove(folder);
        if (Files.isDirectory(folder) && list(folder).isEmpty()) {
            delete(folder);
        }
    }

    /// Removes what a killed process left half written, in the training's folder as well. Nobody else may write there.
    public static void sweep(Path runFolder) {
        AtomicFile.sweep(runFolder);
        AtomicFile.sweep(folder(runFolder));
    }

    /// A checkpoint goes before the best parameters that it tells of.
    private void prune() {
        unusable.forEach(Checkpoints::delete);
        unusable.clear();
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

    private Map<String, Tensor> all(List<Tensor> optimisers) {
        var all = new LinkedHashMap<>(masters());
        all.putAll(named("optimiser", optimisers));
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
        return files(folder, kind);
    }

    private static List<Path> files(Path folder, String kind) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return list(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith(kind))
                .filter(file -> file.getFileName().toString().endsWith(ENDING))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static List<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            Failpoints.pass("tune.removed");
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
