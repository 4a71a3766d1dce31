package dev.sartor.tune.checkpoint;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.tune.TrainingReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What stands beside a training's result once it is done.
///
/// @param files the SHA-256 of each file that makes up the result, by its name
public record FinishedTraining(String recipe, Map<String, String> files, TrainingReport report) {
    private static final String NAME = "trained.json";

    public FinishedTraining {
        files = Map.copyOf(files);
    }

    /// To be called when the result is on the disk.
    public static void write(Path folder, String recipe, TrainingReport report) {
        var finished = new FinishedTraining(recipe, digests(folder), report);
        AtomicFile.write(folder.resolve(NAME), Json.pretty(finished));
    }

    /// Whose result a training's folder holds; empty where it holds none.
    public static Optional<String> recipe(Path folder) {
        var file = folder.resolve(NAME);
        return Files.exists(file)
                ? Optional.of(Json.read(file).path("recipe").asString(""))
                : Optional.empty();
    }

    /// The report of a training that needs not be done again; empty where there is none, or its result is gone.
    ///
    /// @throws SartorException a user's error when the folder holds another training's result, or this one's, changed since
    public static Optional<TrainingReport> find(Path folder, String recipe, Progress progress) {
        var file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var finished = Json.mapper().treeToValue(Json.read(file), FinishedTraining.class);
        if (!finished.recipe().equals(recipe)) {
            throw SartorException.user(
                    folder
                            + " holds what a training of another recipe or other data made: choose another folder, or"
                            + " remove this one.");
        }
        var there = digests(folder);
        for (var made : finished.files().entrySet()) {
            var digest = Optional.ofNullable(there.get(made.getKey()));
            if (digest.isEmpty()) {
                progress.say(
                        folder.resolve(made.getKey())
                                + ", which a training had made, is gone: the training is done again.");
                return Optional.empty();
            }
            if (!digest.get().equals(made.getValue())) {
                throw SartorException.user(
                        folder.resolve(made.getKey())
                                + " was changed since the training wrote it: remove it to train again, or choose another"
                                + " folder.");
            }
        }
        return Optional.of(finished.report());
    }

    private static Map<String, String> digests(Path folder) {
        var digests = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(folder, "{*.safetensors,adapter_config.json}")) {
            for (var file : files) {
                digests.put(file.getFileName().toString(), Sha256.of(file));
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + folder + ": " + e.getMessage(), e);
        }
        return digests;
    }
}
