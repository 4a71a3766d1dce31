package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.work.Retrieval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// When the parts of a request began and ended. Times are `System.nanoTime`'s. No text of a prompt, an answer or a passage is in
/// it.
///
/// @param entry what the audit log says of it
/// @param began when it came
/// @param parent the header `traceparent` as the caller sent it, if it has the length of one; not checked otherwise
/// @param wanted what was asked for; empty where it was no answer
/// @param waited in line for a place; empty where it came to no line
/// @param answers those that were begun
public record TracedRequest(
        AuditEntry entry,
        long began,
        Optional<String> parent,
        Optional<Wanted> wanted,
        Optional<Period> waited,
        List<Making> answers) {
    public TracedRequest {
        answers = List.copyOf(answers);
    }

    /// From one time to another.
    public record Period(long from, long to) {}

    /// The parameters of a request for answers, as they were in force.
    ///
    /// @param answers how many
    /// @param maxTokens of each; empty where the client named no limit
    public record Wanted(int answers, OptionalInt maxTokens, double temperature, boolean stream) {}

    /// How one answer was made.
    ///
    /// @param firstText when there was some; empty where there never was
    /// @param retrievals before the model was asked, in their order
    /// @param made empty where it did not come to its end
    public record Making(
            long from,
            OptionalLong firstText,
            long to,
            List<Retrieval> retrievals,
            Optional<Made> made) {
        public Making {
            retrievals = List.copyOf(retrievals);
        }
    }

    /// What an answer came to.
    public record Made(Answer.Usage usage, Answer.Finish finish) {}
}
