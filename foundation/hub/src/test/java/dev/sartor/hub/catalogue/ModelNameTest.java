package dev.sartor.hub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.hub.environment.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
    @TempDir Path folder;

    private ModelName of(String name) {
        return ModelName.of(
                name,
                Catalogue.builtIn(),
                new Environment(Map.of(), Map.of("user.home", folder.toString())));
    }

    @Test
    void aCatalogueNameIsAnEntry() {
        assertThat(of("all-minilm-l6-v2")).isInstanceOf(ModelName.Catalogued.class);
    }

    @Test
    void aRepositoryMayNameAFileAndARevision() {
        assertThat(of("acme/tiny"))
                .isEqualTo(
                        new ModelName.Repository("acme/tiny", new WeightsChoice.Whole(), "main"));
        assertThat(of("acme/tiny@v1.2"))
                .isEqualTo(
                        new ModelName.Repository("acme/tiny", new WeightsChoice.Whole(), "v1.2"));
        assertThat(of("acme/tiny@refs/pr/3"))
                .isEqualTo(
                        new ModelName.Repository(
                                "acme/tiny", new WeightsChoice.Whole(), "refs/pr/3"));
        assertThat(of("acme/tiny/q4/w.gguf@dev"))
                .isEqualTo(
                        new ModelName.Repository(
                                "acme/tiny", new WeightsChoice.Named("q4/w.gguf"), "dev"));
    }

    @Test
    void aQuantisationStandsAfterAColon() {
        assertThat(of("acme/tiny-GGUF:Q4_K_M"))
                .isEqualTo(
                        new ModelName.Repository(
                                "acme/tiny-GGUF", new WeightsChoice.Quantised("Q4_K_M"), "main"));
    }

    @Test
    void aRepositoryIsWrittenAsItWasRead() {
        for (var name :
                new String[] {
                    "acme/tiny",
                    "acme/tiny:Q8_0",
                    "acme/tiny:Q8_0@v1",
                    "acme/tiny@v1",
                    "acme/tiny/w.gguf@v1"
                }) {
            assertThat(of(name))
                    .isInstanceOfSatisfying(
                            ModelName.Repository.class,
                            r -> assertThat(r.written()).isEqualTo(name));
        }
    }

    @Test
    void aFileOfARepositoryHasASnapshotOfItsOwn() {
        var all = new ModelName.Repository("acme/tiny", new WeightsChoice.Whole(), "main");
        var one = new ModelName.Repository("acme/tiny", new WeightsChoice.Named("a.gguf"), "main");
        var other =
                new ModelName.Repository("acme/tiny", new WeightsChoice.Named("b.gguf"), "main");
        assertThat(all.snapshot("c")).isEqualTo("c");
        assertThat(one.snapshot("c")).startsWith("c-").isNotEqualTo(other.snapshot("c"));
    }

    @Test
    void aPathThatExistsIsTheUsersOwn() throws IOException {
        var own = Files.createDirectories(folder.resolve("own"));
        assertThat(of(own.toString())).isEqualTo(new ModelName.Local(own));
        assertThat(of("~/own")).isEqualTo(new ModelName.Local(own));
    }

    @ParameterizedTest
    @ValueSource(strings = {"./missing", "~/missing", "/missing/model.gguf", "../missing"})
    void aPathThatDoesNotExistIsNotLookedForOnTheHub(String path) {
        assertThatThrownBy(() -> of(path)).hasMessageContaining("must be a file or folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smollm",
                "acme/tiny@",
                "acme/tiny@../main",
                "acme/tiny/../../x",
                "acme//tiny",
                "https://huggingface.co/acme/tiny",
                "acme/tiny:",
                "acme/tiny:Q4/w.gguf",
                "acme/tiny x"
            })
    void anythingElseIsRefusedWithTheNamesThatWouldDo(String name) {
        assertThatThrownBy(() -> of(name))
                .hasMessageContaining("smollm2-135m-instruct, all-minilm-l6-v2, gemma-3-270m")
                .hasMessageContaining("owner/name[:QUANTISATION][@revision]")
                .hasMessageContaining("got " + name);
    }
}
