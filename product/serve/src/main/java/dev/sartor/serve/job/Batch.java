package dev.sartor.serve.job;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A batch and how far it is.
///
/// @param moments when it came into each state that it was in
public record Batch(
        String id,
        BatchRequest request,
        Status status,
        Map<Status, Instant> moments,
        Result result) {
    public Batch {
        moments = Map.copyOf(moments);
    }

    /// What becomes of a batch.
    public enum Status {
        VALIDATING,
        FAILED,
        IN_PROGRESS,
        FINALIZING,
        COMPLETED,
        EXPIRED,
        CANCELLING,
        CANCELLED;

        /// As the API writes it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether nothing becomes of it any more.
        public boolean isEnd() {
            return this == FAILED || this == COMPLETED || this == EXPIRED || this == CANCELLED;
        }
    }

    /// @param output the file of the answers, where there are some
    /// @param refused the file of the requests that were not answered, where there are some
    /// @param errors why it was not begun, or ended early
    public record Result(
            Optional<String> output,
            Optional<String> refused,
            List<LineError> errors,
            Counts counts) {
        public Result {
            errors = List.copyOf(errors);
        }

        public static Result none() {
            return new Result(Optional.empty(), Optional.empty(), List.of(), new Counts(0, 0, 0));
        }
    }

    /// Of requests.
    public record Counts(int total, int completed, int failed) {}

    /// @param line from 1; empty where it is about none
    public record LineError(String code, String message, Optional<Integer> line) {}
}
