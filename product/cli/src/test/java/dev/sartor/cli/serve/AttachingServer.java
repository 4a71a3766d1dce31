package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.TinyTask;
import dev.sartor.cli.adapter.AttachedAdapters;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
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
import dev.sartor.serve.ServedModels;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// A server with keys over a tiny model, to which callers attach adapters, and its callers.
final class AttachingServer implements AutoCloseable {
    static final String KEEPER = "key-of-the-keeper";
    static final String ANN = "key-of-ann-of-acme";
    static final String CAT = "key-of-cat-of-acme";
    static final String BOB = "key-of-bob-of-beta";

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    final CopyOnWriteArrayList<AuditEntry> kept = new CopyOnWriteArrayList<>();
    private Audit audit = kept::add;
    private Optional<ModelWithAdapters> served = Optional.empty();
    private Optional<Server> server = Optional.empty();
    private final Path base;

    AttachingServer(Path folder) throws IOException {
        this.folder = folder;
        this.base = TinyTask.decoder(folder, "llama");
        Files.createDirectories(adapters());
        open();
    }

    /// What was kept so far is forgotten, and what comes is kept again.
    void keepAnew() {
        kept.clear();
        audit = kept::add;
    }

    /// From now on nothing can be kept.
    void keepNothing() {
        audit =
                _ -> {
                    throw SartorException.missing("the disk is full");
                };
    }

    /// As the process ends and another begins.
    void startAnew() {
        closeServer();
        open();
    }

    Path adapters() {
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

    private void closeServer() {
        server.ifPresent(Server::close);
        served.ifPresent(ModelWithAdapters::close);
    }

    @Override
    public void close() {
        closeServer();
        http.shutdownNow();
    }

    ServedModels models() {
        return served.orElseThrow().models();
    }

    record Reply(int status, JsonNode json) {
        String code() {
            return json.at("/error/code").asString("");
        }

        String message() {
            return json.at("/error/message").asString("");
        }
    }

    Reply send(String key, String method, String path, String type, byte[] body) {
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

    Reply put(String key, String name, TinyAdapter adapter) {
        return send(key, "PUT", "/v1/adapters/" + name, "application/x-tar", adapter.tar());
    }

    Reply get(String key, String path) {
        return send(key, "GET", path, "application/json", new byte[0]);
    }

    Reply delete(String key, String name) {
        return send(key, "DELETE", "/v1/adapters/" + name, "application/json", new byte[0]);
    }

    Reply ask(String key, String model) {
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

    String text(String key, String model) {
        var reply = ask(key, model);
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        return reply.json().at("/choices/0/message/content").asString();
    }

    List<String> listed(String key, String path) {
        return get(key, path).json().get("data").findValuesAsString("id");
    }

    AttachedAdapters store() {
        return (AttachedAdapters) served.orElseThrow().adapters().orElseThrow();
    }

    List<String> versions(String name) throws IOException {
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
}
