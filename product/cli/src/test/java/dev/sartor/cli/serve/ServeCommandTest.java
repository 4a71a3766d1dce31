package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.ChildSartor;
import dev.sartor.cli.SmallProject;
import dev.sartor.cli.TinyTask;
import dev.sartor.compare.Runs;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Json;
import dev.sartor.core.file.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `sartor serve` as a process: a project that was compared, with an adapter that was trained, behind keys of a file.
class ServeCommandTest {
    private static final List<String> RUNS = List.of("route/tuned", "route/zero-shot");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir Path folder;

    @Test
    void aComparedProjectAnswersByHttpAsItWasMeasuredAndOnlyWhoMay() throws Exception {
        var project = compared();
        project.write(
                "keys.yaml",
                """
                keys:
                  - {sha256: %s, user: ann, groups: [sales]}
                  - {sha256: %s, user: bob}
                """
                        .formatted(Sha256.of("ann's key"), Sha256.of("bob's key")));
        var args = new ArrayList<>(List.of("serve"));
        args.addAll(RUNS);
        args.addAll(List.of("--port", "0", "--keys", folder.resolve("keys.yaml").toString()));
        args.addAll(List.of("--project", folder.toString()));
        var process =
                new ChildSartor(folder.resolve("cache"))
                        .option("--add-modules=jdk.incubator.vector")
                        .option("--enable-native-access=ALL-UNNAMED")
                        .option("-Xlog:class+load=info:file=" + folder.resolve("classes.log"))
                        .start(args.toArray(String[]::new));
        try {
            var url = listening(process);
            var different = new ArrayList<List<String>>();
            for (var run : RUNS) {
                var stored = stored(run);
                var served = new ArrayList<String>();
                for (var answer : stored) {
                    served.add(text(ask(url, "ann's key", run, answer.question())));
                }
                assertThat(served)
                        .as(run)
                        .isEqualTo(stored.stream().map(StoredAnswer::answer).toList());
                different.add(served);
            }
            assertThat(different.getFirst())
                    .as("the adapter has learned what the model does not know")
                    .isEqualTo(List.of("cat", "sun"))
                    .isNotEqualTo(different.getLast());

            assertThat(ask(url, "no key", "route/tuned", "cat").statusCode()).isEqualTo(401);
            var hidden = ask(url, "bob's key", "route/tuned", "cat");
            assertThat(hidden.statusCode()).as("as a model that is not there").isEqualTo(404);
            assertThat(json(hidden).at("/error/code").asString()).isEqualTo("model_not_found");
            assertThat(ask(url, "bob's key", "route/zero-shot", "cat").statusCode()).isEqualTo(200);
            assertThat(get(url.resolve("/v1/models"), "bob's key"))
                    .contains("route/zero-shot", "mean-normalised")
                    .doesNotContain("route/tuned");
            process.destroy(); // as a polite `kill` does
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(Files.readString(folder.resolve("classes.log")))
                    .as("what nobody asked for is not loaded")
                    .contains("dev.sartor.cli.serve.TelemetryOptions")
                    .doesNotContain("io.opentelemetry", "dev.sartor.telemetry");
        } finally {
            process.destroyForcibly();
        }
    }

    /// One training example is for the group sales alone.
    private SmallProject compared() throws IOException {
        var project =
                TinyTask.project(
                        folder,
                        TinyTask.decoder(folder, "llama"),
                        "epochs: 40, learning_rate: 1e-2, method: lora, max_forgetting: 1");
        project.write(
                "sartor.yaml",
                Files.readString(folder.resolve("sartor.yaml"))
                                .replace("approaches: [tune]", "approaches: [zero-shot, tune]")
                        + "embedder: "
                        + TinyTask.BERT
                        + "\n");
        project.write(
                "train.jsonl",
                Files.readString(folder.resolve("train.jsonl"))
                        + "{\"text\": \"the cat may run in all\", \"label\": \"cat\", \"readers\": [\"group:sales\"]}\n");
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isLessThan(2);
        return project;
    }

    private List<StoredAnswer> stored(String run) {
        var runs = Runs.of(folder);
        return runs.answers(runs.find(run));
    }

    private static URI listening(Process process) throws IOException {
        var said = new StringBuilder();
        var lines =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("Listening on ")) {
                return URI.create(line.split(" ", -1)[2]);
            }
        }
        throw new AssertionError(said.toString());
    }

    private HttpResponse<String> ask(URI url, String key, String model, String text)
            throws IOException, InterruptedException {
        var body =
                Map.of(
                        "model",
                        model,
                        "messages",
                        List.of(Map.of("role", "user", "content", text)));
        return http.send(
                HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(URI url, String key) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(url)
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static JsonNode json(HttpResponse<String> reply) {
        return Json.mapper().readTree(reply.body());
    }

    private static String text(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return json(reply).at("/choices/0/message/content").asString();
    }
}
