package dev.sartor.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.cli.console.Screen;
import dev.sartor.cli.option.Span;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import dev.sartor.state.State;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Commands beside a real server on the same state.
class KeysCommandsTest {
    private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");

    @TempDir private Path folder;

    private Screen keys(String... args) {
        var screen = Screen.file(folder);
        var all =
                Stream.concat(
                                Stream.of("keys"),
                                Stream.concat(
                                        Stream.of(args),
                                        Stream.of("--state", folder.resolve("s.db").toString())))
                        .toArray(String[]::new);
        assertThat(screen.sartor(all)).as(screen.remarks()).isZero();
        return screen;
    }

    private JsonNode json(String... args) {
        var all = Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new);
        return Json.mapper().readTree(keys(all).results());
    }

    private String refused(int code, String... args) {
        var screen = Screen.file(folder);
        assertThat(screen.sartor(args)).isEqualTo(code);
        return screen.remarks();
    }

    @Test
    void whatIsCreatedRotatedAndRevokedHoldsForARunningServer() throws Exception {
        keys("list");
        var sales =
                new ServedModel(
                        new Silent(),
                        Readers.anyOf(List.of("group:sales")),
                        new AnswerForm.FreeText(5));
        var models = new ServedModels(Map.of("secret", sales), Map.of());
        try (var http = HttpClient.newHttpClient();
                var followed = State.open(folder.resolve("s.db").toString()).follow(List.of());
                var server =
                        Server.start(
                                new ServerSettings(
                                        "127.0.0.1", 0, Optional.of(followed), Limits.usual()),
                                models)) {
            var made = keys("create", "--user", "ann", "--groups", "sales,hr");
            var secret = made.results().strip();
            assertThat(secret).startsWith("sk-");
            assertThat(made.remarks())
                    .contains(
                            "is for group:hr, group:sales, user:ann: infer, embed, search, metrics")
                    .doesNotContain(secret);
            assertThat(status(http, server, secret)).isEqualTo(200);
            var id = json("list").get(0).get("id").asString();
            var next = json("rotate", id, "--overlap", "0");
            assertThat(status(http, server, secret)).isEqualTo(401);
            assertThat(status(http, server, next.get("key").asString())).isEqualTo(200);
            var revoked = keys("revoke", next.get("id").asString());
            assertThat(revoked.results()).contains("of group:hr, group:sales, user:ann is revoked");
            assertThat(status(http, server, next.get("key").asString())).isEqualTo(401);
        }
    }

    private static final class Silent implements Responder {
        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public void close() {}
    }

    private static int status(HttpClient http, Server server, String key) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(server.url().resolve("/v1/models/secret"))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void theListTellsWhatHolds() {
        keys("create", "--user", "ann", "--tenant", "acme", "--expires", "90d");
        var old = json("create", "--tenant", "globex", "--scopes", "infer");
        keys("rotate", old.get("id").asString(), "--overlap", "1h");
        assertThat(keys("list").results().lines().toList())
                .hasSize(4)
                .anyMatch(line -> line.matches("key-\\w+  ann +- +acme .* holds"))
                .anyMatch(line ->
                        line.matches("key-\\w+  - +- +globex +infer .* holds beside key-.*"));
        var listed = json("list", "--tenant", "globex");
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0).get("replaced_by")).isEqualTo(listed.get(1).get("id"));
        assertThat(listed.get(0).has("key")).isFalse();
    }

    @Test
    void whatIsMissingOrUnknownIsToldAndNothingIsMade() {
        var state = folder.resolve("s.db").toString();
        assertThat(refused(2, "keys", "create", "--user", "ann")).contains("--state");
        assertThat(refused(2, "keys", "create", "--state", state))
                .contains("a key must name its holder: give --user, --groups, --tenant");
        assertThat(
                        refused(
                                2,
                                "keys",
                                "create",
                                "--state",
                                state,
                                "--user",
                                "a",
                                "--scopes",
                                "inference"))
                .contains("scopes must be of infer, embed, search, tune, admin, metrics");
        assertThat(refused(2, "keys", "revoke", "key-none", "--state", state))
                .contains("there is no key key-none");
        assertThat(refused(2, "keys")).contains("a command is missing");
        assertThat(refused(2, "serve", "--model", "x", "--state", state, "--keys", "keys.yaml"))
                .contains("--keys and --state both say whose keys hold");
        assertThat(json("list")).isEmpty();
    }

    @Test
    void timesAreLengthsOrDays() {
        assertThat(Span.of("--overlap", "24h")).isEqualTo(Duration.ofDays(1));
        assertThat(Span.of("--overlap", "90d")).isEqualTo(Duration.ofDays(90));
        assertThat(Span.of("--overlap", "15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(Span.of("--overlap", "0")).isEqualTo(Duration.ZERO);
        assertThat(Span.from(NOON, "--expires", "30s")).isEqualTo(NOON.plusSeconds(30));
        assertThat(Span.from(NOON, "--expires", "2027-03-31"))
                .isEqualTo(Instant.parse("2027-03-31T00:00:00Z"));
        for (var text : List.of("", "d", "90", "-1d", "1w", "2027-13-01", "9999999d")) {
            assertThatThrownBy(() -> Span.from(NOON, "--expires", text))
                    .as(text)
                    .hasMessageContaining("--expires must be ");
        }
    }
}
