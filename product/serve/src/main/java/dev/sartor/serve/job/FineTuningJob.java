package dev.sartor.serve.job;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A training and how far it is.
public record FineTuningJob(
        String id, Instant created, FineTuningRequest request, Status status, Result result) {
    /// What becomes of a job.
    public enum Status {
        VALIDATING_FILES,
        QUEUED,
        RUNNING,
        PAUSED,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /// As the API writes it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether nothing becomes of it any more.
        public boolean isEnd() {
            return this == SUCCEEDED || this == FAILED || this == CANCELLED;
        }
    }

    /// @param model the name of the tuned model
    public record Result(
            Optional<String> model, Optional<JobError> error, Optional<Instant> finished) {
        public static Result none() {
            return new Result(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
