package dev.sartor.serve;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Writes JSON responses.
final class Reply {
    private Reply() {}

    static void send(Context context, int status, JsonNode body) {
        context.status(status)
                .contentType("application/json")
                .result(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// OpenAI's clients try 5xx again unless told not to: a defect would only happen again.
    static void send(Context context, Failure failure) {
        failure.retryAfterSeconds()
                .ifPresent(seconds -> context.header("Retry-After", Long.toString(seconds)));
        if (failure.status() == 500) {
            context.header("x-should-retry", "false");
        }
        send(context, failure.status(), failure.json());
    }
}
