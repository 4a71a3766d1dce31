package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a server answers, and with which version of a prompt.
///
/// @param text of an answer, or of an error
record VersionReply(int status, String text, String version, String fingerprint) {
    static VersionReply ask(
            HttpClient http, URI url, String key, String model, String text, boolean stream) {
        var body =
                Map.of(
                        "model",
                        model,
                        "stream",
                        stream,
                        "messages",
                        List.of(Map.of("role", "user", "content", text)));
        try {
            var reply =
                    http.send(
                            HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                                    .header("Content-Type", "application/json")
                                    .header("Authorization", "Bearer " + key)
                                    .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            var version = reply.headers().firstValue("x-prompt-version").orElse("");
            return stream ? streamed(reply, version) : whole(reply, version);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VersionReply whole(HttpResponse<String> reply, String version) {
        var json = Json.mapper().readTree(reply.body());
        return new VersionReply(
                reply.statusCode(),
                json.at("/choices/0/message/content")
                        .asString(json.at("/error/message").asString("")),
                version,
                json.at("/system_fingerprint").asString(""));
    }

    private static VersionReply streamed(HttpResponse<String> reply, String version) {
        assertThat(reply.body()).endsWith("data: [DONE]\n\n");
        var text = new StringBuilder();
        var fingerprints = new ArrayList<String>();
        reply.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Json.mapper().readTree(line.substring("data: ".length())))
                .forEach(event -> {
                    text.append(event.at("/choices/0/delta/content").asString(""));
                    fingerprints.add(event.at("/system_fingerprint").asString(""));
                });
        assertThat(fingerprints.stream().distinct()).hasSize(1);
        return new VersionReply(
                reply.statusCode(), text.toString(), version, fingerprints.getFirst());
    }
}
