package dev.sartor.serve.job;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Answers single requests of a batch, behind those of clients that wait. Thread-safe.
public interface Answering {
    /// Answers a request as the holder of a key, with what he may do now.
    ///
    /// @param key the id of his key; empty where none is needed
    Outcome answer(Optional<String> key, BatchRequest.Endpoint endpoint, JsonNode body);

    /// What came of it.
    sealed interface Outcome {}

    /// The answer, or the failure as it is told: what a client would have got.
    record Replied(String requestId, int status, JsonNode body) implements Outcome {}

    /// Others come first, or nobody can say now whether the key holds: to be tried again.
    record Later() implements Outcome {}

    /// The key holds no more, or is not for this any more.
    record Barred(String reason) implements Outcome {}
}
