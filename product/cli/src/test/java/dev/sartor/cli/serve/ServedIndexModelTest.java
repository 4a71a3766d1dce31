package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.Checkout;
import dev.sartor.cli.console.Screen;
import dev.sartor.cli.option.IndexOptions;
import dev.sartor.core.Json;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.model.file.WeightCache;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import dev.sartor.training.LocalEngines;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real model answers from the sample's handbook in a real index, over HTTP.
@Tag("models")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedIndexModelTest {
    private static final String MODEL = "smollm2-135m-instruct";
    private static final int CONTEXT = 8192;
    private static final int PASSAGES = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Path folder;
    private Optional<Server> server = Optional.empty();

    ServedIndexModelTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void serve() {
        var screen = Screen.file(Caches.standard().root());
        var shelf = folder.resolve("shelf");
        int code =
                screen.sartor(
                        "index",
                        Checkout.file("samples/helpdesk/documents").toString(),
                        "--out",
                        shelf.toString(),
                        "--public");
        assertThat(code).as(screen.remarks()).isZero();
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        var console = Screen.file().console();
        var from = new IndexOptions();
        from.indexes = List.of(shelf.toString());
        from.passages = Optional.of(PASSAGES);
        var base = new BaseModelOptions();
        base.model = Optional.of(MODEL);
        var engines = new LocalEngines(hub, console, Precision.INT8, WeightCache.none());
        var models =
                new IndexedModels(
                        ModelWithAdapters.of(engines, base, console),
                        IndexedAnswers.open(from, new HubEmbedders(hub, Progress.silent())));
        opened.addFirst(models);
        var started = Server.start(ServerSettings.local(0), models.models());
        opened.addFirst(started);
        server = Optional.of(started);
    }

    @AfterAll
    void stop() throws Exception {
        http.close();
        for (var each : opened) {
            each.close();
        }
    }

    /// @param stops texts at which the answer ends: what is asked for is the prompt, not a long answer
    private String send(
            String model, int maxTokens, boolean stream, List<String> stops, String... talk)
            throws IOException, InterruptedException {
        var messages = new ArrayList<Map<String, String>>();
        for (int i = 0; i < talk.length; i++) {
            messages.add(Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", talk[i]));
        }
        var body =
                Map.of(
                        "model",
                        model,
                        "max_tokens",
                        maxTokens,
                        "stream",
                        stream,
                        "stop",
                        stops,
                        "messages",
                        messages);
        var request =
                HttpRequest.newBuilder(server.orElseThrow().url().resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private JsonNode ask(String model, int maxTokens, String question)
            throws IOException, InterruptedException {
        var stops = List.of(" ", ".", "\n");
        return Json.mapper().readTree(send(model, maxTokens, false, stops, question));
    }

    @Test
    void asManyPassagesAsTheModelsContextHoldsAreShownAndNamed() throws Exception {
        int most = 6000;
        var answer = ask(MODEL + "/shelf", most, "Which fuse does the charger take?");
        var sources = answer.at("/choices/0/message/sources");
        assertThat(sources.size()).isBetween(5, PASSAGES - 1);
        assertThat(sources.get(0).get("document").stringValue()).isEqualTo("products/charger.md");
        assertThat(sources.get(0).get("text").stringValue()).contains("type 5 A");
        for (int i = 0; i < sources.size(); i++) {
            assertThat(sources.get(i).get("rank").intValue()).isEqualTo(i + 1);
            assertThat(sources.get(i).has("score")).isFalse();
        }
        assertThat(answer.at("/usage/prompt_tokens").intValue())
                .isBetween(CONTEXT - most - 300, CONTEXT - most);
    }

    @Test
    void theModelAloneIsShownNoPassages() throws Exception {
        var answer = ask(MODEL, 8, "Which fuse does the charger take?");
        assertThat(answer.at("/choices/0/message").has("sources")).isFalse();
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isLessThan(100);
    }

    @Test
    void aFollowUpStreamsWithTheSourcesOfWhatItIsAbout() throws Exception {
        var events =
                send(
                                MODEL + "/shelf",
                                8,
                                true,
                                List.of("."),
                                "How much does the Otter weigh without its battery?",
                                "It weighs 31 kg.",
                                "And the Heron?")
                        .lines()
                        .filter(line -> line.startsWith("data: {"))
                        .map(line -> Json.mapper().readTree(line.substring(6)))
                        .toList();
        assertThat(events.size()).isGreaterThan(2);
        var sources = events.getLast().at("/choices/0/delta/sources");
        var first = sources.valueStream().limit(3).map(each -> each.get("text").stringValue());
        assertThat(first.toList()).anyMatch(text -> text.contains("weighs 58 kg"));
    }
}
