package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.console.Screen;
import dev.sartor.cli.option.IndexOptions;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real server over a real index with rules; the model says its prompt.
class ServedIndexTest {
    private static final String UNKNOWN = "I don't know.";

    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void shop() {
        write("docs/returns.md", "# Returns\nShoes may be returned for thirty days.");
        write("docs/hr/pay.md", "# Pay\nThe kettle allowance is nine euros.");
        permit("group:hr");
        write(
                "keys.yaml",
                """
                keys:
                  - {sha256: %s, user: ann, groups: [sales, hr]}
                  - {sha256: %s, user: bob, groups: [hr]}
                """
                        .formatted(Sha256.of("key-of-ann"), Sha256.of("key-of-bob")));
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        for (var each : opened) {
            each.close();
        }
    }

    private void write(String path, String text) {
        AtomicFile.write(folder.resolve(path), text);
    }

    private void permit(String readers) {
        write(
                "access.yaml",
                """
                rules:
                  - paths: "*.md"
                    readers: everyone
                  - paths: hr
                    readers: [%s]
                    deny: [user:bob]
                """
                        .formatted(readers));
        var screen = Screen.file(folder.resolve("cache"));
        int code =
                screen.sartor(
                        "index",
                        at("docs"),
                        "--out",
                        at("shelf"),
                        "--embedder",
                        "none",
                        "--access",
                        at("access.yaml"));
        assertThat(code).as(screen.remarks()).isZero();
    }

    private String at(String path) {
        return folder.resolve(path).toString();
    }

    private IndexedAnswers answers(IndexOptions options) {
        var hub = Hub.open(Caches.at(folder.resolve("cache")), Use.COMMERCIAL, Gate.closed());
        return IndexedAnswers.open(options, new HubEmbedders(hub, Progress.silent()));
    }

    private Server start() {
        var options = new IndexOptions();
        options.indexes = List.of(folder.resolve("shelf").toString());
        var models = new IndexedModels(new Parrot(), answers(options));
        var settings =
                new ServerSettings(
                        "127.0.0.1",
                        0,
                        Optional.of(FollowedKeys.open(folder.resolve("keys.yaml"), List.of())),
                        Limits.usual());
        var server = Server.start(settings, models.models());
        opened.add(server);
        opened.add(models);
        return server;
    }

    private JsonNode send(Server server, String who, String path, Optional<String> body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.url().resolve(path))
                        .header("Authorization", "Bearer key-of-" + who)
                        .header("Content-Type", "application/json");
        body.ifPresent(text -> request.POST(HttpRequest.BodyPublishers.ofString(text)));
        var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return Json.mapper().readTree(reply.body());
    }

    private JsonNode ask(Server server, String who, String model, String... talk)
            throws IOException, InterruptedException {
        var messages = new ArrayList<Map<String, String>>();
        for (int i = 0; i < talk.length; i++) {
            messages.add(Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", talk[i]));
        }
        // What the body says of the asker is no matter.
        var body =
                Map.of(
                        "model",
                        model,
                        "messages",
                        messages,
                        "user",
                        "ann",
                        "metadata",
                        Map.of("groups", "hr"));
        return send(server, who, "/v1/chat/completions", Optional.of(Json.line(body)))
                .at("/choices/0/message");
    }

    @Test
    void eachCallerIsAnsweredFromWhatHisKeyMayRead() throws Exception {
        var server = start();
        var answer = ask(server, "ann", "m/shelf", "What is the kettle allowance?");
        assertThat(answer.at("/content").stringValue())
                .contains("[1] hr/pay.md › Pay", "nine euros", "What is the kettle allowance?")
                .contains(UNKNOWN);
        assertThat(answer.at("/sources"))
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        [{"number": 1, "document": "hr/pay.md", "section": "Pay",
                                          "text": "The kettle allowance is nine euros.", "rank": 1}]
                                        """));
        assertThat(answer.at("/statements/0/supported").booleanValue()).isFalse();

        var denied = ask(server, "bob", "m/shelf", "What is the kettle allowance?");
        var nothing = ask(server, "bob", "m/shelf", "What is the ferry allowance?");
        assertThat(denied.at("/content").stringValue()).isEqualTo(UNKNOWN);
        assertThat(denied).as("as if there were no such document").isEqualTo(nothing);
        assertThat(ask(server, "bob", "m/shelf", "shoes returned").at("/sources/0/document"))
                .hasToString("\"returns.md\"");
    }

    @Test
    void aQuestionOfAConversationIsLookedUpWithTheOnesBefore() throws Exception {
        var server = start();
        var answer =
                ask(server, "ann", "m/shelf", "The kettle allowance?", "Yes?", "How much is it?");
        assertThat(answer.at("/sources/0/document").stringValue()).isEqualTo("hr/pay.md");
        assertThat(answer.at("/content").stringValue()).contains("Yes?");
    }

    @Test
    void aPermissionTakenBackHoldsFromTheNextQuestionOn() throws Exception {
        var server = start();
        assertThat(ask(server, "ann", "m/shelf", "kettle").has("sources")).isTrue();
        permit("group:board");
        var answer = ask(server, "ann", "m/shelf", "kettle");
        assertThat(answer.at("/content").stringValue()).isEqualTo(UNKNOWN);
        assertThat(answer.has("sources")).isFalse();
    }

    @Test
    void modelsAreAskedWithAnIndexAndWithout() throws Exception {
        var server = start();
        var names =
                send(server, "bob", "/v1/models", Optional.empty())
                        .at("/data")
                        .findValuesAsString("id");
        assertThat(names).containsExactly("m", "m/shelf", "worn", "worn/shelf");
        var bare = ask(server, "ann", "m", "kettle");
        assertThat(bare.at("/content").stringValue()).isEqualTo("kettle");
        assertThat(bare.has("sources")).isFalse();
        assertThat(ask(server, "ann", "worn/shelf", "kettle").at("/sources")).hasSize(1);
        for (var name : List.of("m/other", "other/shelf", "shelf", "m/shelf/shelf")) {
            assertThat(ask(server, "ann", name, "kettle").isMissingNode()).as(name).isTrue();
        }
    }

    @Test
    void whatCannotBeAskedIsSaidAtTheStart() throws IOException {
        var options = new IndexOptions();
        options.indexes = List.of(folder.resolve("docs").toString());
        assertThatThrownBy(() -> answers(options))
                .hasMessageContaining("docs is not an index: make one with `sartor index");
        options.indexes =
                List.of(
                        folder.resolve("shelf").toString(),
                        folder.resolve("docs/../shelf").toString());
        assertThatThrownBy(() -> answers(options))
                .hasMessageContaining("--index must be a folder whose name");
        options.indexes = List.of(folder.resolve("shelf").toString());
        options.leastNearness = Optional.of(0.3);
        assertThatThrownBy(() -> answers(options)).hasMessageContaining("holds words alone");
        options.leastNearness = Optional.of(1.5);
        assertThatThrownBy(() -> answers(options))
                .hasMessageContaining("--least-nearness must be -1 to 1, got 1.5");
    }

    @Test
    void anIndexNeedsAModelThatAnswersFromIt() throws IOException {
        var page = new ErrorsPage().naming(folder, "/home/ann/desk");
        for (var command :
                List.of(
                        List.of("serve", "--index", at("shelf")),
                        List.of("chat", "--index", at("shelf"), "--ask", "kettle"),
                        List.of("chat", "--passages", "2", "--ask", "kettle"),
                        List.of("serve", "--keys", at("none.yaml")))) {
            var screen = Screen.file(folder.resolve("cache"));
            assertThat(screen.sartor(command.toArray(String[]::new))).isEqualTo(2);
            page.shows(screen.remarks());
        }
    }
}
