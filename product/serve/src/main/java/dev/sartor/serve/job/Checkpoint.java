package dev.sartor.serve.job;

import java.time.Instant;
import java.util.Map;

/// A state of a training that can be asked: the one that was kept.
public record Checkpoint(
        String id, Instant created, String model, int step, Map<String, Double> metrics) {
    public Checkpoint {
        metrics = Map.copyOf(metrics);
    }
}
