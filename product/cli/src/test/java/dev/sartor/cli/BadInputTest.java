package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad input prints what docs/errors.md says.
class BadInputTest {
    @TempDir Path folder;

    private SmallProject project = new SmallProject(Path.of("target", "unused"));
    private ErrorsPage page = new ErrorsPage();

    @BeforeEach
    void aProject() {
        project = new SmallProject(folder);
        page =
                new ErrorsPage()
                        .naming(folder.resolve("cache"), "/home/ann/.cache/sartor")
                        .naming(folder, "/home/ann/desk");
    }

    private void changed(String from, String to) {
        assertThat(SmallProject.FILE).contains(from);
        project.write("sartor.yaml", SmallProject.FILE.replace(from, to));
    }

    private void refused(int code, String... args) throws IOException {
        assertThat(project.sartor(args)).as(project.screen.remarks()).isEqualTo(code);
        page.shows(project.screen.remarks());
    }

    /// What needs no project.
    private void refusedAnywhere(String... args) throws IOException {
        assertThat(project.screen.sartor(args)).as(project.screen.remarks()).isEqualTo(2);
        page.shows(project.screen.remarks());
    }

    /// `check` answers no on the standard output.
    private void answeredNo() throws IOException {
        assertThat(project.sartor("check")).isEqualTo(1);
        page.shows(
                project.screen
                        .results()
                        .lines()
                        .filter(line -> !line.matches("(TASK|route|documents:) .*"))
                        .reduce("", (all, line) -> all + line + "\n")
                        .strip());
    }

    @Test
    void anUnknownKey() throws IOException {
        changed("margin:", "margn:");
        refused(2, "check");
    }

    @Test
    void aWrongType() throws IOException {
        changed("margin: 0.5", "margin: half");
        refused(2, "check");
    }

    @Test
    void aTab() throws IOException {
        changed("    labels:", "\tlabels:");
        refused(2, "check");
    }

    @Test
    void aMissingDataFile() throws IOException {
        changed("test.jsonl", "tset.jsonl");
        refused(2, "check");
    }

    @Test
    void aPasswordInADatabasesAddress() throws IOException {
        refusedAnywhere("index", "docs", "--out", "postgresql://ann:secret@host/db");
    }

    @Test
    void noAddressOfACollector() throws IOException {
        refusedAnywhere("serve", "--model", "m", "--otlp", "collector:4318");
    }

    @Test
    void theStudioForOtherMachines() throws IOException {
        refusedAnywhere("studio", folder.toString(), "--host", "0.0.0.0");
    }

    @Test
    void theStudioOverNoFolder() throws IOException {
        refusedAnywhere("studio", folder.resolve("nowhere").toString());
    }

    @Test
    void aTaskWithoutAnswers() throws IOException {
        refused(2, "runs", "answers", "route");
    }

    @Test
    void anOrderThatIsNone() throws IOException {
        refused(2, "runs", "answers", "route", "--sort", "random");
    }

    @Test
    void aKeyInACollectorsAddress() throws IOException {
        refusedAnywhere("serve", "--model", "m", "--otlp", "https://ann:secret@collector");
    }

    @Test
    void anAddressOfAnotherDatabase() throws IOException {
        refusedAnywhere("index", "docs", "--out", "mysql://host/db");
    }

    @Test
    void noProject() throws IOException {
        Files.delete(folder.resolve("sartor.yaml"));
        refused(2, "check");
    }

    @Test
    void badRowsOfEveryKind() throws IOException {
        Files.write(
                folder.resolve("train.jsonl"),
                """
                {oops
                {"text": "no label"}
                {"text": "Hello", "label": "sales"}
                {"text": "Hello", "label": ""}
                {"text": "naïve", "label": "repair"}
                """
                        .getBytes(StandardCharsets.ISO_8859_1));
        answeredNo();
    }

    @Test
    void aTestRowThatIsAlsoInTraining() throws IOException {
        project.write(
                "train.jsonl",
                SmallProject.row("MY chain fell off!", "repair")
                        + SmallProject.row("The invoice is wrong.", "billing"));
        answeredNo();
    }

    @Test
    void aLabelThatTuningCouldNotLearn() throws IOException {
        changed("labels: [billing, repair]", "labels: [billing, repair, lost]");
        refused(2, "tune", "route");
        answeredNo();
    }

    @Test
    void anUnreadableDocumentAmongGoodOnes() throws IOException {
        Files.writeString(folder.resolve("documents/old.pdf"), "%PDF-1.7 and then nothing");
        assertThat(project.sartor("check")).isZero();
        page.shows(
                project.screen
                        .results()
                        .lines()
                        .filter(line -> line.contains("left out") || line.contains("old.pdf"))
                        .reduce("", (all, line) -> all + line + "\n")
                        .strip());
    }

    @Test
    void anUnknownModel() throws IOException {
        assertThat(project.screen.sartor("models", "pull", "smollm")).isEqualTo(2);
        page.shows(project.screen.remarks());
    }

    @Test
    void aCacheThatMayNotBeWritten() throws IOException {
        Files.createFile(folder.resolve("cache"));
        assertThat(project.screen.sartor("models", "pull", "all-minilm-l6-v2")).isEqualTo(3);
        page.shows(project.screen.remarks());
    }

    @Test
    void severalGgufFilesInAFolder() throws IOException {
        project.write("several/tiny.Q4_1.gguf", "GGUF");
        project.write("several/tiny.Q8_0.gguf", "GGUF");
        var several = folder.resolve("several").toString();
        assertThat(project.screen.sartor("models", "tokenize", several, "Hello")).isEqualTo(2);
        page.shows(project.screen.remarks());
    }

    @Test
    void aTruncatedGguf() throws IOException {
        var header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0x46554747).putInt(3).putLong(1).putLong(5); // GGUF, version, tensors, keys
        var cut = Files.write(folder.resolve("cut.gguf"), header.array());
        assertThat(project.screen.sartor("models", "tokenize", cut.toString(), "Hello"))
                .isEqualTo(2);
        page.shows(project.screen.remarks());
    }

    @Test
    void truncatedSafetensors() throws IOException {
        var bert = Checkout.file("engine/model/src/test/resources/reference/bert-masked-lm");
        var model = Files.createDirectories(folder.resolve("embedder"));
        Files.copy(bert.resolve("config.json"), model.resolve("config.json"));
        project.write("embedder/1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}");
        var weights = Files.readAllBytes(bert.resolve("model.safetensors"));
        Files.write(model.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length / 2));
        project.write("sartor.yaml", SmallProject.FILE + "embedder: " + model + "\n");
        refused(2, "search", "notice");
    }

    @Test
    void aTemplateThatCannotBeRead() throws IOException {
        project.write("chat.jinja", "Hello\n{% if messages %}\n");
        project.write("m.json", "[{\"role\": \"user\", \"content\": \"Hi\"}]");
        var template = folder.resolve("chat.jinja").toString();
        var messages = folder.resolve("m.json").toString();
        assertThat(project.screen.sartor("template", "render", template, "--messages", messages))
                .isEqualTo(2);
        page.shows(project.screen.remarks());
    }

    @Test
    void anUnknownRun() throws IOException {
        refused(2, "runs", "show", "route/tuned");
    }

    @Test
    void aMistypedCommand() throws IOException {
        assertThat(project.screen.sartor("modles")).isEqualTo(2);
        page.shows(project.screen.remarks());
    }

    @Test
    void noConnectorToSpark() throws IOException {
        assertThat(project.screen.sartor("table", "embed", "reviews.parquet", "--out", "vectors"))
                .isEqualTo(3);
        page.shows(project.screen.remarks());
    }

    @Test
    void neitherHubNorPip() throws Exception {
        var end =
                new ChildSartor(folder.resolve("cache"))
                        .with("HF_ENDPOINT", "http://127.0.0.1:9") // nobody listens there
                        .with("SARTOR_PYTHON", folder.resolve("no-python").toString())
                        .with("NO_PROXY", "*")
                        .run("", "models", "pull", "smollm2-135m-instruct");
        assertThat(end.code()).isEqualTo(3);
        page =
                new ErrorsPage()
                        .naming(folder.resolve("cache"), "/home/ann/.cache/sartor")
                        .naming(folder.resolve("no-python"), "python3")
                        .naming("127.0.0.1", "huggingface.co");
        page.shows(end.err().substring(end.err().indexOf("cannot fetch")));
    }

    @Test
    void offline() throws Exception {
        var end =
                new ChildSartor(folder.resolve("cache"))
                        .with("SARTOR_OFFLINE", "1")
                        .run("", "models", "pull", "smollm2-135m-instruct");
        assertThat(end.code()).isEqualTo(3);
        page.shows(end.err());
    }
}
