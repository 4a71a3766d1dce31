package dev.sartor.telemetry;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerPorts;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// A real server whose requests are told to a collector. Closing it sends what is still to be told.
final class Shop implements AutoCloseable {
    static final String KEY = "the-secret-key-of-ann";

    /// What was said of what the collector did not take.
    final List<String> said = new ArrayList<>();

    private final OtlpTelemetry telemetry;
    private final Server server;
    private final HttpClient http = HttpClient.newHttpClient();

    Shop(String collector, Map<String, String> environment, Duration longestClose) {
        Function<String, Optional<String>> variables =
                name -> Optional.ofNullable(environment.get(name));
        telemetry =
                OtlpTelemetry.open(OtlpSettings.of(collector, variables), said::add, longestClose);
        var ann =
                ApiKey.of(KEY, new Principal(Set.of("user:ann", "group:sales", "tenant:acme")))
                        .withId("key-1");
        var model = new ServedModel(new Speaker(), Readers.everyone(), new AnswerForm.FreeText(50));
        server =
                Server.start(
                        ServerSettings.local(0)
                                .withApiKey(ann)
                                .withPorts(ServerPorts.none().withTelemetry(telemetry)),
                        new ServedModels(Map.of("m", model), Map.of()));
    }

    Shop(Collector collector) {
        this(collector.url(), Map.of(), Duration.ofSeconds(20));
    }

    URI url() {
        return server.url();
    }

    JsonNode chat(String model, String text, Map<String, Object> more, String... headers) {
        var body = new java.util.LinkedHashMap<String, Object>(more);
        body.put("model", model);
        body.put("messages", List.of(Map.of("role", "user", "content", text)));
        var reply = send("/v1/chat/completions", Optional.of(body), KEY, headers).body();
        return reply.startsWith("data:")
                ? Json.mapper().createObjectNode()
                : Json.mapper().readTree(reply);
    }

    HttpResponse<String> send(
            String path, Optional<Map<String, Object>> body, String key, String... headers) {
        var request =
                HttpRequest.newBuilder(server.url().resolve(path))
                        .header("Authorization", "Bearer " + key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        body.ifPresent(json ->
                request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.line(json))));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
        telemetry.close();
    }
}
