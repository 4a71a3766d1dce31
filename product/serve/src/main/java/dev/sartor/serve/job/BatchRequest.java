package dev.sartor.serve.job;

import java.util.Map;

/// Many requests in a file, answered in the background.
///
/// @param endpoint that all of them are for
/// @param metadata the caller's own, shown again
public record BatchRequest(String inputFile, Endpoint endpoint, Map<String, String> metadata) {
    public BatchRequest {
        metadata = Map.copyOf(metadata);
    }

    /// What a batch may ask.
    public enum Endpoint {
        CHAT("/v1/chat/completions"),
        EMBEDDINGS("/v1/embeddings");

        private final String path;

        Endpoint(String path) {
            this.path = path;
        }

        public String path() {
            return path;
        }
    }
}
