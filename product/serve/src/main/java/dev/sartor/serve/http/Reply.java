package dev.sartor.serve.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Writes JSON responses.
public final class Reply {
    private Reply() {}

    public static void send(Context context, int status, JsonNode body) {
        context.status(status)
                .contentType("application/json")
                .result(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// OpenAI's clients try 5xx again unless told not to: a defect would only happen again.
    public static void send(Context context, Failure failure) {
        failure.retryAfterSeconds()
                .ifPresent(seconds -> context.header("Retry-After", Long.toString(seconds)));
        if (failure.status() == 500) {
            context.header("x-should-retry", "false");
        }
        send(context, failure.status(), failure.json());
    }
}
