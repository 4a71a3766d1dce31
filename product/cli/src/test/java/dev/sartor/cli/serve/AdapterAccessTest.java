package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.cli.Checkout;
import dev.sartor.cli.TinyTask;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.model.file.WeightCache;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import dev.sartor.training.LocalEngines;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may call a tiny model and its adapters, over a real server with keys, and what becomes of that in what is exported.
class AdapterAccessTest {
    private static final Path LORA =
            Checkout.file("engine/model/src/test/resources/reference/llama").resolve("lora");
    private static final String ANN = "key-of-ann-of-sales";
    private static final String BOB = "key-of-bob-of-nothing";

    @TempDir private Path folder;

    private Path base = Path.of("");

    @BeforeEach
    void model() throws IOException {
        base = TinyTask.decoder(folder, "llama");
        adapter("of-sales");
        say("of-sales", "{\"readers\": [[\"group:sales\"]]}");
        adapter("of-all");
        say("of-all", "{\"readers\": []}");
        adapter("silent");
        adapter("damaged");
        say("damaged", "{\"readers\": [[");
    }

    private void adapter(String name) throws IOException {
        var made = Files.createDirectories(folder.resolve("adapters").resolve(name));
        for (var file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(LORA.resolve(file), made.resolve(file));
        }
    }

    private void say(String adapter, String readers) {
        AtomicFile.write(
                folder.resolve("adapters").resolve(adapter).resolve("readers.json"), readers);
    }

    private BaseModelOptions options() {
        var options = new BaseModelOptions();
        options.model = Optional.of(base.toString());
        options.folder = Optional.of(folder.resolve("adapters"));
        return options;
    }

    private ModelWithAdapters open(BaseModelOptions options, Screen screen) {
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        var engines = new LocalEngines(hub, Progress.silent(), Precision.BF16, WeightCache.none());
        return ModelWithAdapters.of(engines, options, screen.console());
    }

    private static ServerSettings keys() {
        var ann = ApiKey.of(ANN, new Principal(Set.of("user:ann", "group:sales")));
        var bob = ApiKey.of(BOB, new Principal(Set.of("user:bob")));
        return new ServerSettings("127.0.0.1", 0, List.of(ann, bob), Limits.usual());
    }

    private static List<String> names(Server server, String key) throws Exception {
        var request =
                HttpRequest.newBuilder(server.url().resolve("/v1/models"))
                        .header("Authorization", "Bearer " + key)
                        .build();
        var names = new ArrayList<String>();
        try (var http = HttpClient.newHttpClient()) {
            var reply = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Json.mapper()
                    .readTree(reply)
                    .get("data")
                    .forEach(m -> names.add(m.get("id").asString()));
        }
        return names;
    }

    private static String code(Server server, String key, String model) throws Exception {
        var body =
                "{\"model\": \"%s\", \"max_tokens\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"cat\"}]}"
                        .formatted(model);
        var request =
                HttpRequest.newBuilder(server.url().resolve("/v1/chat/completions"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var reply = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return Json.mapper().readTree(reply).at("/error/code").asString("answered");
        }
    }

    @Test
    void anAdapterAnswersWhoMayReadWhatItWasMadeOfAndNobodyWhereNothingSaysWho() throws Exception {
        var screen = Screen.file(folder);
        try (var served = open(options(), screen);
                var server = Server.start(keys(), served.models())) {
            assertThat(names(server, BOB)).containsExactly("llama", "of-all");
            assertThat(names(server, ANN)).containsExactly("llama", "of-all", "of-sales");
            assertThat(code(server, BOB, "of-sales")).isEqualTo("model_not_found");
            assertThat(code(server, ANN, "of-sales")).isEqualTo("answered");
            assertThat(code(server, ANN, "silent")).isEqualTo("model_not_found");
            assertThat(code(server, ANN, "damaged")).isEqualTo("model_not_found");
        }
        assertThat(screen.remarks().lines().filter(line -> line.contains("--adapter-readers")))
                .containsExactly(
                        "Beside silent nothing says who may read what it was made from, so that nobody"
                                + " may call it: --adapter-readers says who may.");
        assertThat(screen.remarks()).contains("Nobody may call the adapter damaged: ");
    }

    @Test
    void theSettingSaysWhoMayCallSilentAdaptersAndChangesNoOthers() throws Exception {
        var options = options();
        options.unsaid.names = List.of("user:bob", "group:support");
        try (var served = open(options, Screen.file(folder));
                var server = Server.start(keys(), served.models())) {
            assertThat(names(server, BOB)).containsExactly("llama", "of-all", "silent");
            assertThat(names(server, ANN)).containsExactly("llama", "of-all", "of-sales");
        }
        options.unsaid.names = List.of("sales");
        assertThatThrownBy(options::check)
                .isInstanceOf(SartorException.class)
                .hasMessage(
                        "--adapter-readers must be everyone, or names such as group:sales,user:ann, got"
                                + " 'sales': write user:, group: or tenant: before a name.");
    }

    @Test
    void aRestrictedBaseModelRestrictsItselfAndAllAdaptersOnIt() throws Exception {
        AtomicFile.write(base.resolve("readers.json"), "{\"readers\": [[\"group:sales\"]]}");
        try (var served = open(options(), Screen.file(folder));
                var server = Server.start(keys(), served.models())) {
            assertThat(names(server, BOB)).isEmpty();
            assertThat(names(server, ANN)).containsExactly("llama", "of-all", "of-sales");
        }
        var chat = Screen.file(folder);
        assertThat(chat.sartor("chat", "--model", base.toString(), "--ask", "cat", "--as", "bob"))
                .isEqualTo(2);
        assertThat(chat.remarks()).contains("user:bob may not use or see " + base);
        assertThat(
                        chat.sartor(
                                "chat",
                                "--model",
                                base.toString(),
                                "--ask",
                                "cat",
                                "--max-answer-tokens",
                                "2",
                                "--as",
                                "ann",
                                "--groups",
                                "sales"))
                .as(chat.remarks())
                .isZero();
    }

    private Screen export(String model, String form, String out, String... more) {
        var screen = Screen.file(folder);
        var words = new ArrayList<>(List.of("models", "export", model, "--as", form));
        words.addAll(List.of("--out", folder.resolve(out).toString()));
        words.addAll(List.of(more));
        assertThat(screen.sartor(words.toArray(String[]::new))).as(screen.remarks()).isZero();
        return screen;
    }

    /// Without the tokenizer, for which GGUF has no words.
    private Path bare() throws IOException {
        var bare = Files.createDirectory(folder.resolve("bare"));
        for (var file : List.of("config.json", "model.safetensors")) {
            Files.copy(base.resolve(file), bare.resolve(file));
        }
        return bare;
    }

    private List<String> readers(String file) {
        return Json.read(folder.resolve(file)).path("readers").values().stream()
                .map(clause -> clause.toString())
                .toList();
    }

    @Test
    void whatIsExportedCarriesTheReadersOfAllThatWentIntoIt() throws IOException {
        var sales = folder.resolve("adapters/of-sales").toString();
        export(base.toString(), "hf", "merged", "--adapter", sales);
        assertThat(readers("merged/readers.json")).containsExactly("[\"group:sales\"]");
        export(bare().toString(), "gguf", "merged.gguf", "--adapter", sales);
        assertThat(readers("merged.gguf.readers.json")).containsExactly("[\"group:sales\"]");
        export(base.toString(), "peft", "both", "--adapter", sales, "--adapter", sales);
        assertThat(readers("both/readers.json")).containsExactly("[\"group:sales\"]");
        export(base.toString(), "hf", "plain");
        assertThat(readers("plain/readers.json")).isEmpty();
    }

    @Test
    void whatIsExportedFromARestrictedModelIsRestrictedAsWell() throws IOException {
        var bare = bare();
        AtomicFile.write(bare.resolve("readers.json"), "{\"readers\": [[\"group:hr\"]]}");
        export(
                bare.toString(),
                "gguf",
                "one/first.gguf",
                "--adapter",
                folder.resolve("adapters/of-sales").toString());
        export(folder.resolve("one/first.gguf").toString(), "hf", "second");
        assertThat(readers("second/readers.json"))
                .containsExactlyInAnyOrder("[\"group:hr\"]", "[\"group:sales\"]");
        export(
                folder.resolve("second").toString(),
                "hf",
                "third",
                "--adapter",
                folder.resolve("adapters/of-sales").toString(),
                "--unmerge");
        assertThat(readers("third/readers.json"))
                .as("what is taken out may have left its traces")
                .containsExactlyInAnyOrder("[\"group:hr\"]", "[\"group:sales\"]");
    }

    @Test
    void anExportWithASilentAdapterIsNobodysUnlessTheSettingSaysOtherwise() {
        var silent = folder.resolve("adapters/silent").toString();
        var screen = export(base.toString(), "hf", "shut", "--adapter", silent);
        assertThat(readers("shut/readers.json")).containsExactly("[]");
        assertThat(screen.remarks()).contains("--adapter-readers says who may.");
        export(base.toString(), "hf", "open", "--adapter", silent, "--adapter-readers", "everyone");
        assertThat(readers("open/readers.json")).isEmpty();
    }
}
