package dev.sartor.studio.read;

import dev.sartor.compare.run.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What lists of runs show of a finished one.
///
/// @param folder the run's
/// @param adapter the adapter's folder below `runs/`; empty without one
public record RunLine(
        String id,
        String task,
        String candidate,
        Path folder,
        Instant finished,
        Optional<String> adapter) {
    static RunLine of(Run run, Path folder) {
        return new RunLine(
                run.id(), run.task(), run.candidate(), folder, run.finished(), run.adapter());
    }
}
