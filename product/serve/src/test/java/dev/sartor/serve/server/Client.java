package dev.sartor.serve.server;

import dev.sartor.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Talks to a server as any HTTP client would.
public final class Client implements AutoCloseable {
    public record Reply(int status, String text, HttpResponse<String> response) {
        public JsonNode json() {
            return Json.mapper().readTree(text);
        }

        public JsonNode error() {
            return json().get("error");
        }

        public String message() {
            return error().get("message").stringValue();
        }

        public String param() {
            return error().get("param").stringValue("");
        }

        public String code() {
            return error().get("code").stringValue("");
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final Optional<String> key;

    public Client(Server server) {
        this(server.url(), Optional.empty());
    }

    public Client(URI server, Optional<String> key) {
        this.server = server;
        this.key = key;
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    public Reply post(String path, String body) {
        return send(json(path, body));
    }

    public Reply chat(String body) {
        return post("/v1/chat/completions", body);
    }

    public CompletableFuture<Reply> chatLater(String body) {
        return CompletableFuture.supplyAsync(() -> chat(body), Thread::startVirtualThread);
    }

    /// The lines of an event stream as they come; closing them hangs up.
    public HttpResponse<InputStream> open(String body) {
        try {
            return http.send(
                    json("/v1/chat/completions", body).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The events of a finished stream, without comments and without the last `[DONE]`.
    public List<JsonNode> events(String body) {
        return events(chat(body).text().lines());
    }

    public static List<JsonNode> events(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("data: ") && !line.endsWith("[DONE]"))
                .map(line -> Json.mapper().readTree(line.substring("data: ".length())))
                .toList();
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder json(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(60));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
