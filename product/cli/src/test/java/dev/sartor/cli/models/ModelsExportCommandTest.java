package dev.sartor.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.Checkout;
import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsExportCommandTest {
    @TempDir Path folder;

    @Test
    void aMergedFolderComputesWhatTheAdapterDidAndSaysWhatItIs() throws Exception {
        var out = folder.resolve("merged");
        var screen = export("--adapter", llama() + "/lora", "--as", "hf", "--out", out.toString());
        assertThat(screen.results()).contains("changed by the adapter", "MiB in F32");
        var verified = Screen.file(folder);
        // The reference takes its tokens from the folder above.
        Files.copy(
                Path.of(llama(), "lora", "reference.json"),
                Files.createDirectory(out.resolve("lora")).resolve("reference.json"));
        Files.copy(Path.of(llama(), "reference.json"), out.resolve("reference.json"));
        assertThat(
                        verified.sartor(
                                "models",
                                "verify",
                                out.toString(),
                                "--reference",
                                out + "/lora/reference.json"))
                .isZero();
        assertThat(Files.readString(out.resolve("README.md")))
                .startsWith("---\nlicense: other\nbase_model: ")
                .contains(
                        "## Adapter lora",
                        "is not recorded in its folder",
                        "sartor models export " + llama());
    }

    @Test
    void weightsStandBehindTheLastEqualsSign() {
        var both = folder.resolve("both");
        export(
                "--adapter",
                llama() + "/lora=0.5",
                "--adapter",
                llama() + "/rslora=-0.25",
                "--as",
                "peft",
                "--out",
                both.toString());
        assertThat(Json.read(both.resolve("adapter_config.json")).path("r").intValue())
                .isPositive();
        assertThat(both.resolve("adapter_model.safetensors")).exists();
    }

    @Test
    void whatWasWrittenIsToldAsJson() {
        var out = folder.resolve("model.gguf");
        var screen = export("--as", "gguf", "--type", "Q8_0", "--out", out.toString(), "--json");
        var json = Json.mapper().readTree(screen.results());
        assertThat(json.path("type").stringValue()).isEqualTo("Q8_0");
        assertThat(json.path("changed").intValue()).isZero();
        assertThat(json.path("said").toString()).contains("holds no tokenizer");
        assertThat(out).exists();
    }

    @Test
    void nothingIsOverwrittenAndWhatIsWrongIsNamed() throws Exception {
        refuses(
                "exists already, and nothing is overwritten",
                "--as",
                "hf",
                "--out",
                folder.toString());
        refuses(
                "--type must be F32, BF16 or F16 in a Hugging Face directory, got Q4_0",
                "--as",
                "hf",
                "--type",
                "Q4_0",
                "--out",
                folder + "/a");
        refuses(
                "--unmerge needs the adapter that is to be taken out",
                "--as",
                "hf",
                "--unmerge",
                "--out",
                folder + "/a");
        refuses(
                "--adapter must be DIR or DIR=WEIGHT",
                "--as",
                "hf",
                "--adapter",
                "mine=half",
                "--out",
                folder + "/a");
        refuses(
                "an adapter's weight must be a number other than 0",
                "--as",
                "hf",
                "--adapter",
                llama() + "/lora=0",
                "--out",
                folder + "/a");
        refuses("--as peft needs adapters to add up", "--as", "peft", "--out", folder + "/a");
    }

    private void refuses(String said, String... words) throws Exception {
        var screen = Screen.file(folder);
        assertThat(screen.sartor(with(words))).isEqualTo(2);
        assertThat(screen.remarks()).contains(said);
        new ErrorsPage().naming(folder, "merged").shows(screen.remarks().strip());
    }

    private Screen export(String... words) {
        var screen = Screen.file(folder);
        assertThat(screen.sartor(with(words))).as(screen.remarks()).isZero();
        return screen;
    }

    private static String[] with(String... words) {
        var all = new java.util.ArrayList<>(java.util.List.of("models", "export", llama()));
        all.addAll(java.util.List.of(words));
        return all.toArray(String[]::new);
    }

    private static String llama() {
        return Checkout.file("engine/model/src/test/resources/reference/llama").toString();
    }
}
