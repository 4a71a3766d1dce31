package dev.sartor.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.Checkout;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsVerifyCommandTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "t5", "bert-classifier"})
    void whatTransformersComputedAgrees(String name) {
        var model = model(name);
        var screen = Screen.file(folder);
        assertThat(screen.sartor("models", "verify", model, "--reference", reference(model)))
                .isZero();
        assertThat(screen.results())
                .contains("greatest difference", "within the tolerance of 2e-04");
    }

    @Test
    void anAdaptersLogitsTakeTheTokensOfTheFolderAbove() {
        var model = model("llama");
        var adapted = Screen.file(folder);
        var adapter = model + "/lora";
        assertThat(
                        adapted.sartor(
                                "models",
                                "verify",
                                model,
                                "--adapter",
                                adapter,
                                "--reference",
                                reference(adapter),
                                "--json"))
                .isZero();
        var outcome = Json.mapper().readTree(adapted.results());
        assertThat(outcome.get("agrees").asBoolean()).isTrue();
        assertThat(outcome.get("compared").asLong()).isEqualTo((12 + 9 + 5) * 128);
        var bare = Screen.file(folder);
        assertThat(bare.sartor("models", "verify", model, "--reference", reference(adapter)))
                .isEqualTo(1);
        assertThat(bare.results()).contains("ABOVE the tolerance");
    }

    @Test
    void withoutAReferenceTheScriptThatMakesOneIsWritten() throws Exception {
        var model = model("llama");
        var shown = Screen.file(folder);
        assertThat(shown.sartor("models", "verify", model)).isZero();
        assertThat(shown.results()).contains("usage: python3 reference.py MODEL OUT", "PeftModel");
        var script = folder.resolve("make.py");
        var written = Screen.file(folder);
        assertThat(
                        written.sartor(
                                "models",
                                "verify",
                                model,
                                "--adapter",
                                "my-adapter",
                                "--write",
                                script.toString()))
                .isZero();
        assertThat(Files.readString(script)).isEqualTo(shown.results());
        assertThat(written.results())
                .contains("python3 " + script + " ", "reference.json --adapter my-adapter");
    }

    @Test
    void theScriptIsNotWrittenBesideAComparison() {
        var model = model("llama");
        var screen = Screen.file(folder);
        assertThat(
                        screen.sartor(
                                "models",
                                "verify",
                                model,
                                "--reference",
                                reference(model),
                                "--write",
                                "x.py"))
                .isEqualTo(2);
        assertThat(screen.remarks()).contains("--write must stand without --reference");
    }

    private static String model(String name) {
        return Checkout.file("engine/model/src/test/resources/reference/" + name).toString();
    }

    private static String reference(String folder) {
        return folder + "/reference.json";
    }
}
