package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.TinyTask;
import dev.sartor.cli.adapter.AttachedAdapters;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.model.file.WeightCache;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Audit;
import dev.sartor.serve.AuditEntry;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServedAdapter;
import dev.sartor.serve.ServerPorts;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import dev.sartor.training.LocalEngines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Adapters that callers attach to a tiny model, over a real server with keys.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachedAdaptersTest {
    private static final String KEEPER = "key-of-the-keeper";
    private static final String ANN = "key-of-ann-of-acme";
    private static final String CAT = "key-of-cat-of-acme";
    private static final String BOB = "key-of-bob-of-beta";

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CopyOnWriteArrayList<AuditEntry> kept = new CopyOnWriteArrayList<>();
    private Audit audit = kept::add;
    private Optional<ModelWithAdapters> served = Optional.empty();
    private Optional<Server> server = Optional.empty();
    private Path base = Path.of("");

    AttachedAdaptersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void start() throws IOException {
        base = TinyTask.decoder(folder, "llama");
        Files.createDirectories(adapters());
        open();
    }

    @BeforeEach
    void forget() {
        kept.clear();
        audit = kept::add;
    }

    private Path adapters() {
        return folder.resolve("adapters");
    }

    private void open() {
        var options = new BaseModelOptions();
        options.model = Optional.of(base.toString());
        options.folder = Optional.of(adapters());
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        var engines = new LocalEngines(hub, Progress.silent(), Precision.BF16, WeightCache.none());
        var opened = ModelWithAdapters.of(engines, options, Screen.file(folder).console());
        served = Optional.of(opened);
        var ports =
                ServerPorts.none()
                        .withAudit(entry -> audit.keep(entry))
                        .withAdapters(opened.adapters().orElseThrow());
        server = Optional.of(Server.start(keys().withPorts(ports), opened.models()));
    }

    private static ServerSettings keys() {
        return new ServerSettings(
                "127.0.0.1",
                0,
                List.of(
                        key(KEEPER, Scope.all(), "user:keeper"),
                        key(ANN, Set.of(Scope.TUNE, Scope.INFER), "user:ann", "tenant:acme"),
                        key(CAT, Scope.usual(), "user:cat", "tenant:acme"),
                        key(BOB, Set.of(Scope.TUNE, Scope.INFER), "user:bob", "tenant:beta")),
                Limits.usual());
    }

    private static ApiKey key(String secret, Set<Scope> scopes, String... names) {
        return ApiKey.of(secret, new Principal(Set.of(names))).withScopes(scopes);
    }

    private void close() {
        server.ifPresent(Server::close);
        served.ifPresent(ModelWithAdapters::close);
    }

    @AfterAll
    void stop() {
        close();
        http.shutdownNow();
    }

    private record Reply(int status, JsonNode json) {
        String code() {
            return json.at("/error/code").asString("");
        }

        String message() {
            return json.at("/error/message").asString("");
        }
    }

    private Reply send(String key, String method, String path, String type, byte[] body) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(server.orElseThrow().url() + path))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", type)
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                            .build();
            var reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(reply.statusCode(), Json.mapper().readTree(reply.body()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply put(String key, String name, TinyAdapter adapter) {
        return send(key, "PUT", "/v1/adapters/" + name, "application/x-tar", adapter.tar());
    }

    private Reply get(String key, String path) {
        return send(key, "GET", path, "application/json", new byte[0]);
    }

    private Reply delete(String key, String name) {
        return send(key, "DELETE", "/v1/adapters/" + name, "application/json", new byte[0]);
    }

    private Reply ask(String key, String model) {
        var body =
                Json.line(
                        Map.of(
                                "model",
                                model,
                                "max_tokens",
                                12,
                                "messages",
                                List.of(Map.of("role", "user", "content", "the cat sat"))));
        return send(
                key,
                "POST",
                "/v1/chat/completions",
                "application/json",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String key, String model) {
        var reply = ask(key, model);
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        return reply.json().at("/choices/0/message/content").asString();
    }

    private List<String> listed(String key, String path) {
        return get(key, path).json().get("data").findValuesAsString("id");
    }

    private AttachedAdapters store() {
        return (AttachedAdapters) served.orElseThrow().adapters().orElseThrow();
    }

    private List<String> versions(String name) throws IOException {
        var place = adapters().resolve(name.replace("/", "%2F"));
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (var inside = Files.list(place)) {
            return inside.map(each -> String.valueOf(each.getFileName()))
                    .filter(each -> each.startsWith("v-"))
                    .toList();
        }
    }

    @Test
    void anAdapterIsAttachedReplacedAndDetachedWhileTheServerRuns() throws IOException {
        assertThat(ask(KEEPER, "support").code()).isEqualTo("model_not_found");
        var first = TinyAdapter.times(40);
        var made = put(KEEPER, "support", first);
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        assertThat(made.json().get("digest").asString()).isEqualTo("sha256:" + digest(first));
        assertThat(made.json().at("/readers").toString()).isEqualTo("[[\"user:keeper\"]]");
        var said = text(KEEPER, "support");
        assertThat(said).isNotEqualTo(text(KEEPER, "llama"));
        var second = TinyAdapter.of(Math::abs);
        assertThat(put(KEEPER, "support", second).status()).isEqualTo(200);
        assertThat(text(KEEPER, "support")).isNotEqualTo(said);
        assertThat(versions("support")).hasSize(1);
        assertThat(listed(KEEPER, "/v1/models")).startsWith("llama").contains("support");
        assertThat(listed(KEEPER, "/v1/adapters")).contains("support");
        assertThat(get(KEEPER, "/v1/adapters/support").json().get("digest").asString())
                .isEqualTo("sha256:" + digest(second));
        assertThat(delete(KEEPER, "support").json().get("deleted").asBoolean()).isTrue();
        assertThat(ask(KEEPER, "support").code()).isEqualTo("model_not_found");
        assertThat(delete(KEEPER, "support").code()).isEqualTo("adapter_not_found");
        assertThat(Files.exists(adapters().resolve("support"))).isFalse();
    }

    private static String digest(TinyAdapter adapter) {
        var sha = Sha256.digest().digest(adapter.bytes("adapter_model.safetensors"));
        return HexFormat.of().formatHex(sha);
    }

    @Test
    void whatBeganWithAVersionEndsWithItAndThenItsSlotAndItsFolderAreFree() throws IOException {
        put(KEEPER, "support", TinyAdapter.times(40));
        var model =
                served.orElseThrow()
                        .models()
                        .chat("support", new Principal(Set.of("user:keeper")))
                        .orElseThrow();
        var before = model.responder().stream(question(), _ -> {}).text();
        try (var hold = model.adapter().flatMap(ServedAdapter::hold).orElseThrow()) {
            put(KEEPER, "support", TinyAdapter.of(Math::abs));
            assertThat(versions("support")).hasSize(2);
            assertThat(model.responder().stream(question(), _ -> {}).text()).isEqualTo(before);
            assertThat(text(KEEPER, "support")).isNotEqualTo(before);
            delete(KEEPER, "support");
            assertThat(model.responder().stream(question(), _ -> {}).text()).isEqualTo(before);
            assertThat(versions("support")).as("the second is asked by nobody").hasSize(1);
            hold.close();
            assertThat(versions("support")).isEmpty();
        }
        assertThat(model.adapter().flatMap(ServedAdapter::hold)).isEmpty();
    }

    private static Question question() {
        return new Question(
                "q",
                List.of(Message.user("the cat sat")),
                new AnswerForm.FreeText(12),
                Sampling.greedy(),
                new Principal(Set.of("user:keeper")));
    }

    @Test
    void anOwnersAdapterIsTheTenantsAndNobodyElseSeesIt() throws IOException {
        var name = "tenant:acme/mine";
        assertThat(put(ANN, name, TinyAdapter.times(40)).status()).isEqualTo(201);
        assertThat(text(CAT, name)).isNotEmpty();
        assertThat(listed(CAT, "/v1/adapters")).contains(name);
        assertThat(get(CAT, "/v1/adapters/" + name).json().has("readers")).isFalse();
        assertThat(delete(CAT, name).code()).isEqualTo("missing_scope");
        assertThat(listed(BOB, "/v1/adapters")).isEmpty();
        assertThat(listed(BOB, "/v1/models"))
                .contains("llama")
                .noneMatch(each -> each.contains("acme"));
        for (var other : List.of(name, "tenant:acme/invented")) {
            assertThat(ask(BOB, other).code()).isEqualTo("model_not_found");
            assertThat(get(BOB, "/v1/models/" + other).code()).isEqualTo("model_not_found");
            assertThat(get(BOB, "/v1/adapters/" + other).code()).isEqualTo("adapter_not_found");
            assertThat(delete(BOB, other).code()).isEqualTo("adapter_not_found");
            var refused = put(BOB, other, TinyAdapter.times(1));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.message())
                    .isEqualTo("This key is for adapters whose names begin with 'tenant:beta/'.");
        }
        assertThat(put(ANN, "support", TinyAdapter.times(1)).code()).isEqualTo("not_your_adapter");
        assertThat(put(CAT, name, TinyAdapter.times(1)).code()).isEqualTo("missing_scope");
        assertThat(listed(KEEPER, "/v1/adapters")).as("keepers keep").contains(name);
        assertThat(ask(KEEPER, name).code()).as("and do not read").isEqualTo("model_not_found");
        assertThat(delete(ANN, name).status()).isEqualTo(200);
    }

    @Test
    void readersAreNarrowedAndNeverWidened() throws IOException {
        var recorded =
                TinyAdapter.times(40).with("readers.json", "{\"readers\": [[\"tenant:acme\"]]}");
        assertThat(put(KEEPER, "a?readers=everyone", recorded).json().at("/readers").toString())
                .isEqualTo("[[\"tenant:acme\"]]");
        assertThat(text(CAT, "a")).isNotEmpty();
        assertThat(ask(BOB, "a").code()).isEqualTo("model_not_found");
        put(KEEPER, "a?readers=user:ann&readers=user:bob", recorded);
        assertThat(text(ANN, "a")).isNotEmpty();
        assertThat(ask(CAT, "a").code()).isEqualTo("model_not_found");
        assertThat(ask(BOB, "a").code()).isEqualTo("model_not_found");
        put(ANN, "tenant:acme/b?readers=everyone", TinyAdapter.times(40));
        assertThat(ask(BOB, "tenant:acme/b").code()).as("an owner's").isEqualTo("model_not_found");
        assertThat(text(CAT, "tenant:acme/b")).isNotEmpty();
        var wrong = put(KEEPER, "a?readers=sales", TinyAdapter.times(1));
        assertThat(wrong.message())
                .contains("readers must be everyone, or names such as group:sales");
        assertThat(put(KEEPER, "a?reader=user:ann", TinyAdapter.times(1)).status()).isEqualTo(400);
    }

    @Test
    void whatIsAttachedOutlivesTheServerAndWhatACrashLeftGoes() throws IOException {
        put(ANN, "tenant:acme/support", TinyAdapter.times(40));
        var said = text(CAT, "tenant:acme/support");
        var left = adapters().resolve("tenant:acme%2Fsupport/v-" + new UUID(1, 2));
        Files.createDirectories(left);
        Files.createDirectories(adapters().resolve("broken"));
        AtomicFile.write(adapters().resolve("broken/attached.json"), "{\"name\": \"broken\"}");
        close();
        open();
        assertThat(store().names()).contains("tenant:acme/support").doesNotContain("broken");
        assertThat(text(CAT, "tenant:acme/support")).isEqualTo(said);
        assertThat(Files.exists(left)).as("nothing is deleted before the first change").isTrue();
        assertThat(store().detach("invented", () -> {})).isFalse();
        assertThat(Files.exists(left)).isFalse();
        assertThat(versions("tenant:acme/support")).hasSize(1);
    }

    @Test
    void theAuditLogHasTheDigestOfWhatAnsweredAndOfWhatIsAttachedBeforeItIs() throws IOException {
        var adapter = TinyAdapter.times(40);
        put(KEEPER, "support", adapter);
        assertThat(kept).extracting(AuditEntry::status).containsExactly(AuditEntry.BEGUN, 201);
        ask(KEEPER, "support");
        ask(KEEPER, "llama");
        assertThat(kept.get(2).adapter()).contains(digest(adapter));
        assertThat(kept.get(3).adapter()).isEmpty();
        delete(KEEPER, "support");
        assertThat(kept.getLast().action()).isEqualTo("DELETE /v1/adapters/{name}");
        assertThat(kept.getLast().adapter()).contains(digest(adapter));
        put(BOB, "support", adapter);
        assertThat(kept.getLast().model()).as("not his to know").isEmpty();
        audit =
                _ -> {
                    throw SartorException.missing("the disk is full");
                };
        assertThat(put(KEEPER, "support", adapter).code()).isEqualTo("audit_unavailable");
        assertThat(store().names()).doesNotContain("support");
        assertThat(versions("support")).isEmpty();
    }

    @Test
    void whatIsNoAdapterOfThisModelIsRefusedAndLeavesNothing() throws IOException {
        var settings = Files.readString(TinyAdapter.LORA.resolve("adapter_config.json"));
        var cut = TinyAdapter.times(1);
        var weights = cut.bytes("adapter_model.safetensors");
        var cases =
                Map.of(
                        "must hold adapter_model.safetensors",
                        TinyAdapter.times(1).without("adapter_model.safetensors"),
                        "a pickle, which can run code",
                        TinyAdapter.times(1).with("adapter_model.bin", "x"),
                        "is cut off",
                        TinyAdapter.times(1)
                                .with(
                                        "adapter_model.safetensors",
                                        Arrays.copyOf(weights, weights.length - 4)),
                        "whose header has at most 4194304 bytes",
                        TinyAdapter.times(1)
                                .with("adapter_model.safetensors", "a pickle, for instance"),
                        "weights must be finite numbers",
                        TinyAdapter.of(_ -> Float.NaN),
                        "is for another model",
                        TinyAdapter.times(1)
                                .with(
                                        "adapter_config.json",
                                        settings.replaceFirst("\"r\": \\d+", "\"r\": 3")),
                        "takes too long on a layer's path",
                        TinyAdapter.times(1)
                                .with(
                                        "adapter_config.json",
                                        settings.replaceFirst(
                                                "\"rank_pattern\": \\{\\}",
                                                "\"rank_pattern\": {\".*.*.*.*.*.*.*.*[.]x\": 4}")),
                        "must hold `\"readers\"`",
                        TinyAdapter.times(1).with("readers.json", "{\"readers\": 7}"),
                        "must have at most 262144 bytes",
                        TinyAdapter.times(1).with("adapter_config.json", " ".repeat(300_000)));
        cases.forEach((reason, adapter) -> {
            var refused = put(KEEPER, "support", adapter);
            assertThat(refused.status()).as(reason).isEqualTo(400);
            assertThat(refused.message()).contains(reason).doesNotContain(folder.toString(), "v-");
        });
        assertThat(
                        send(KEEPER, "PUT", "/v1/adapters/support", "application/json", new byte[2])
                                .status())
                .isEqualTo(415);
        assertThat(put(KEEPER, "llama", TinyAdapter.times(1)).code()).isEqualTo("name_taken");
        assertThat(put(KEEPER, "..%2Fsupport", TinyAdapter.times(1)).status()).isEqualTo(400);
        var huge =
                send(
                        KEEPER,
                        "PUT",
                        "/v1/adapters/support",
                        "application/x-tar",
                        new byte[(int) store().mostBytes() + (2 << 20)]);
        assertThat(huge.status()).isEqualTo(413);
        assertThat(Files.exists(adapters().resolve("support"))).isFalse();
        assertThat(text(KEEPER, "llama")).isNotEmpty();
    }

    @Test
    void whatWasPutThereByHandIsNotReplaced() throws IOException {
        var placed = adapters().resolve("by-hand");
        Files.createDirectories(placed);
        for (var file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(TinyAdapter.LORA.resolve(file), placed.resolve(file));
        }
        AtomicFile.write(placed.resolve("readers.json"), "{\"readers\": []}");
        assertThat(text(BOB, "by-hand")).isNotEmpty();
        assertThat(kept.getLast().adapter())
                .contains(Sha256.of(TinyAdapter.LORA.resolve("adapter_model.safetensors")));
        assertThat(put(KEEPER, "by-hand", TinyAdapter.times(1)).message())
                .contains("this server's keeper put there");
        assertThat(delete(KEEPER, "by-hand").code()).isEqualTo("adapter_not_found");
        assertThat(text(BOB, "by-hand")).isNotEmpty();
    }
}
