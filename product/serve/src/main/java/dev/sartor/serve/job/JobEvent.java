package dev.sartor.serve.job;

import java.time.Instant;
import java.util.Map;

/// Something that happened in a job.
///
/// @param metrics of a step, such as `train_loss`; empty for a message
public record JobEvent(
        String id, Instant created, Level level, String message, Map<String, Double> metrics) {
    public JobEvent {
        metrics = Map.copyOf(metrics);
    }

    /// How bad it is.
    public enum Level {
        INFO,
        WARN,
        ERROR
    }
}
