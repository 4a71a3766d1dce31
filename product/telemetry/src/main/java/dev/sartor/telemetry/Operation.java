package dev.sartor.telemetry;

import dev.sartor.serve.AuditEntry;
import dev.sartor.serve.TracedRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a request asked for, as the conventions name it.
///
/// @param method of HTTP; `BATCH` for a line of a batch
/// @param route the path without what callers write into it; empty where there is none
/// @param genAi such as `chat`; empty for what asks no model
record Operation(String method, Optional<String> route, Optional<String> genAi) {
    private static final String BATCH = "BATCH";

    /// Methods that the conventions know; a caller may send any word.
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", BATCH);

    static Operation of(AuditEntry entry) {
        int at = entry.action().indexOf(' ');
        var method = entry.action().substring(0, at).toUpperCase(Locale.ROOT);
        var path = entry.action().substring(at + 1);
        var name =
                switch (path) {
                    case "/v1/chat/completions", "/v1/responses" -> Optional.of("chat");
                    case "/v1/embeddings" -> Optional.of("embeddings");
                    default -> Optional.<String>empty();
                };
        return new Operation(
                METHODS.contains(method) ? method : "_OTHER",
                Optional.of(path).filter(each -> each.startsWith("/")),
                name);
    }

    boolean isBatch() {
        return method.equals(BATCH);
    }

    /// Of the request's span: the operation and the model, or the method and the route.
    String spanName(Optional<String> model) {
        return genAi.map(name -> model.map(served -> name + " " + served).orElse(name))
                .orElseGet(() -> route.map(path -> method + " " + path).orElse(method));
    }

    /// Of a request that failed: its code, or else its status. Neither is the caller's text.
    static Optional<String> error(TracedRequest request) {
        var entry = request.entry();
        return entry.status() < 400
                ? Optional.empty()
                : entry.code().or(() -> Optional.of(Integer.toString(entry.status())));
    }
}
