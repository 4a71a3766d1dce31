package dev.sartor.studio.read;

import dev.sartor.tune.trainer.TrainingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A training, of which there are lines of its course.
///
/// @param id the folder's name: the task's or training's, and a digest
/// @param log its lines
/// @param changed when the last line was written
public record TrainingLine(String id, Path log, Instant changed, boolean isFinished) {
    /// Written when it ends.
    private static final String FIGURES = "training.json";

    static Optional<TrainingLine> of(Path folder) {
        var log = folder.resolve(TrainingLog.FILE);
        return Files.isRegularFile(log)
                ? Optional.of(
                        new TrainingLine(
                                String.valueOf(folder.getFileName()),
                                log,
                                Instant.ofEpochMilli(Stamp.of(log).modified()),
                                Files.isRegularFile(folder.resolve(FIGURES))))
                : Optional.empty();
    }
}
