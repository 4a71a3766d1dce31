package dev.sartor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.serve.AuditEntry;
import dev.sartor.serve.Keys;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerPorts;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.TracedRequest;
import dev.sartor.serve.Transport;
import dev.sartor.serve.server.Server;
import dev.sartor.state.KeyGrant;
import dev.sartor.state.NewKey;
import dev.sartor.state.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// A real server with files and jobs, over a scripted trainer and models that repeat what they are told.
final class Desk implements AutoCloseable {
    static final String CHAT = "/v1/chat/completions";
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    final ScriptedTrainer trainer = new ScriptedTrainer();
    final CopyOnWriteArrayList<AuditEntry> audited = new CopyOnWriteArrayList<>();
    final CopyOnWriteArrayList<TracedRequest> traced = new CopyOnWriteArrayList<>();
    final State state;
    final Jobs jobs;
    Parrot model;
    private final Keys keys;
    private final Server server;
    private final HttpClient http = HttpClient.newHttpClient();

    Desk(Path folder) {
        this(folder, FileLimits.usual(), new CountDownLatch(0));
    }

    Desk(Path folder, FileLimits limits, CountDownLatch held) {
        this.state = State.open(folder.resolve("state.db").toString());
        this.keys = state.follow(List.of());
        this.model = new Parrot("base", held);
        var form = new AnswerForm.FreeText(9);
        var tunable =
                new Jobs.Tunable(
                        "m",
                        "m",
                        "personal",
                        trainer,
                        path ->
                                new ServedModel(
                                        new Parrot("tuned", new CountDownLatch(0)),
                                        Readers.everyone(),
                                        form));
        this.jobs =
                Jobs.open(
                        folder.resolve("files"),
                        state,
                        tunable,
                        limits,
                        Clock.systemUTC(),
                        new SecureRandom());
        var models =
                new ServedModels(
                        Map.of("m", new ServedModel(model, Readers.everyone(), form)),
                        Map.of(),
                        jobs.before(dev.sartor.serve.ModelSource.none()));
        var settings =
                new ServerSettings(
                        "127.0.0.1",
                        0,
                        Optional.of(keys),
                        Limits.usual(),
                        new Transport.Plain(),
                        ServerPorts.none()
                                .withAudit(audited::add)
                                .withTelemetry(traced::add)
                                .withJobs(jobs));
        this.server = Server.start(settings, models);
    }

    NewKey key(String user, String tenant, Scope... scopes) {
        return state.keys()
                .create(
                        new KeyGrant(
                                Optional.of(user),
                                List.of(),
                                Optional.of(tenant).filter(each -> !each.isEmpty()),
                                scopes.length == 0 ? Scope.all() : Set.of(scopes),
                                Optional.empty()));
    }

    record Reply(int status, String text) {
        JsonNode json() {
            return Json.mapper().readTree(text);
        }

        String get(String field) {
            return json().path(field).asString("");
        }

        String message() {
            return json().path("error").path("message").asString("");
        }
    }

    Reply get(NewKey key, String path) {
        return send(request(key, path).GET());
    }

    Reply delete(NewKey key, String path) {
        return send(request(key, path).DELETE());
    }

    Reply post(NewKey key, String path, Object body) {
        return send(
                request(key, path)
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        body instanceof String text ? text : Json.line(body))));
    }

    Reply upload(NewKey key, String purpose, String content) {
        var border = "x-border-x";
        var form =
                "--%s\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n%s\r\n"
                                .formatted(border, purpose)
                        + "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.jsonl\"\r\nContent-Type: application/octet-stream\r\n\r\n%s\r\n--%s--\r\n"
                                .formatted(border, content, border);
        return send(
                request(key, "/v1/files")
                        .header("Content-Type", "multipart/form-data; boundary=" + border)
                        .POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(NewKey key, String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + key.secret());
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Rows that can be learned.
    static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"q%d\"}, {\"role\": \"assistant\", \"content\": \"a\"}]}\n"
                                .formatted(i))
                .collect(Collectors.joining());
    }

    String job(NewKey key, Map<String, Object> more) {
        var body = new java.util.HashMap<String, Object>(more);
        body.putIfAbsent("model", "m");
        body.computeIfAbsent("training_file", _ -> upload(key, "fine-tune", rows(12)).get("id"));
        var made = post(key, "/v1/fine_tuning/jobs", body);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return "/v1/fine_tuning/jobs/" + made.get("id");
    }

    /// What a path says when it is as it shall be.
    Reply when(NewKey key, String path, Predicate<Reply> holds) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            var reply = get(key, path);
            if (holds.test(reply)) {
                return reply;
            }
            assertThat(System.nanoTime()).as(reply.text()).isLessThan(until);
            Thread.onSpinWait();
        }
    }

    Reply when(NewKey key, String path, String status) {
        return when(key, path, reply -> reply.get("status").equals(status));
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
        jobs.close();
        keys.close();
    }
}
