package dev.sartor.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.hub.Content;
import dev.sartor.hub.FakeHub;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.catalogue.ModelName;
import dev.sartor.hub.catalogue.WeightsChoice;
import dev.sartor.hub.fetch.FetchFailure;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final URI PAGE = URI.create("https://hub.example/acme/tiny");
    private static final byte[] BYTES = Content.of(20);

    private static Manifest manifest(FakeHub hub, String file) throws FetchFailure {
        return new Listing(
                        new ModelName.Repository("acme/tiny", choice(file), "main"),
                        Json.mapper().readTree(hub.listing()))
                .manifest(Catalogue.builtIn(), PAGE);
    }

    private static List<String> paths(FakeHub hub, String file) throws FetchFailure {
        return manifest(hub, file).files().stream().map(ModelFile::path).toList();
    }

    private static WeightsChoice choice(String file) {
        if (file.startsWith(":")) {
            return new WeightsChoice.Quantised(file.substring(1));
        }
        return file.isEmpty() ? new WeightsChoice.Whole() : new WeightsChoice.Named(file);
    }

    private static FakeHub holding(String... paths) {
        var hub = new FakeHub();
        for (var path : paths) {
            hub.with(path, BYTES);
        }
        return hub;
    }

    @Test
    void takesWeightsConfigurationTokenizerAndLicenceAndNothingElse() throws FetchFailure {
        assertThat(
                        paths(
                                holding(
                                        ".gitattributes",
                                        "README.md",
                                        "LICENSE.txt",
                                        "config.json",
                                        "generation_config.json",
                                        "tokenizer.json",
                                        "tokenizer_config.json",
                                        "special_tokens_map.json",
                                        "model-00001-of-00002.safetensors",
                                        "model-00002-of-00002.safetensors",
                                        "model.safetensors.index.json",
                                        "pytorch_model.bin",
                                        "tiny.gguf",
                                        "onnx/model.onnx",
                                        "onnx/config.json",
                                        "original/model.safetensors",
                                        "2_Dense/model.safetensors",
                                        "2_Dense/config.json",
                                        "training_args.json"),
                                ""))
                .containsExactly(
                        "LICENSE.txt",
                        "config.json",
                        "generation_config.json",
                        "tokenizer.json",
                        "tokenizer_config.json",
                        "special_tokens_map.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json",
                        "2_Dense/model.safetensors",
                        "2_Dense/config.json");
    }

    @Test
    void sentencepiecesModelsAreTakenWhereThereIsNoTokenizerJson() throws FetchFailure {
        for (var name : List.of("tokenizer.model", "spiece.model", "sentencepiece.bpe.model")) {
            assertThat(paths(holding(name, "model.safetensors"), ""))
                    .containsExactly(name, "model.safetensors");
            assertThat(paths(holding(name, "tokenizer.json", "model.safetensors"), ""))
                    .containsExactly("tokenizer.json", "model.safetensors");
        }
    }

    @Test
    void largeFilesAreKnownBySha256AndSmallOnesByTheirGitIdentity() throws FetchFailure {
        var files = manifest(holding("model.safetensors", "config.json"), "").files();
        assertThat(files.getFirst().checksum()).isEqualTo(Checksum.sha256(Content.sha256(BYTES)));
        assertThat(files.getLast().checksum()).isEqualTo(Checksum.gitBlob(FakeHub.gitId(BYTES)));
        assertThat(files).allMatch(f -> f.size() == 20);
    }

    @Test
    void aLoneGgufFileOrThePiecesOfOneAreTaken() throws FetchFailure {
        assertThat(paths(holding("tiny.gguf", "config.json"), "")).hasSize(2);
        assertThat(paths(holding("t-00001-of-00002.gguf", "t-00002-of-00002.gguf"), "")).hasSize(2);
    }

    @Test
    void severalGgufFilesAreAChoiceThatTheUserMakes() throws FetchFailure {
        var hub = holding("t.Q4_1.gguf", "t.Q8_0.gguf", "config.json");
        assertThatThrownBy(() -> manifest(hub, ""))
                .hasMessageContaining("name one as acme/tiny:QUANTISATION, such as :Q4_K_M")
                .hasMessageContaining("or as acme/tiny/FILE: t.Q4_1.gguf, t.Q8_0.gguf");
        assertThat(paths(hub, "t.Q8_0.gguf")).containsExactly("t.Q8_0.gguf", "config.json");
        assertThatThrownBy(() -> manifest(hub, "missing.gguf")).hasMessageContaining("holds none");
    }

    @Test
    void aQuantisationIsFoundByTheEndOfAName() throws FetchFailure {
        var hub =
                holding(
                        "Tiny-1B-Q4_K_M.gguf",
                        "Tiny-1B-Q4_K_S.gguf",
                        "Tiny-1B-IQ4_XS.gguf",
                        "Tiny-1B.f16.gguf",
                        "Q8_0/Tiny-1B-Q8_0-00001-of-00002.gguf",
                        "Q8_0/Tiny-1B-Q8_0-00002-of-00002.gguf",
                        "config.json");
        assertThat(paths(hub, ":Q4_K_M")).containsExactly("Tiny-1B-Q4_K_M.gguf", "config.json");
        assertThat(paths(hub, ":q4_k_s")).contains("Tiny-1B-Q4_K_S.gguf").hasSize(2);
        assertThat(paths(hub, ":F16")).contains("Tiny-1B.f16.gguf").hasSize(2);
        assertThat(paths(hub, ":Q8_0"))
                .containsExactly(
                        "Q8_0/Tiny-1B-Q8_0-00001-of-00002.gguf",
                        "Q8_0/Tiny-1B-Q8_0-00002-of-00002.gguf",
                        "config.json");
        assertThatThrownBy(() -> paths(hub, ":Q4"))
                .hasMessageContaining(
                        "holds no GGUF file quantised as Q4; it holds Q8_0/Tiny-1B-Q8_0.gguf, Tiny-1B-IQ4_XS.gguf");
        assertThatThrownBy(() -> paths(holding("a-Q4_0.gguf", "b-Q4_0.gguf"), ":Q4_0"))
                .hasMessageContaining("several GGUF files");
        assertThatThrownBy(() -> paths(holding("model.safetensors"), ":Q4_0"))
                .hasMessageContaining("GGUF quantised as Q4_0, and holds none");
    }

    @Test
    void theSameWeightsInAnotherFormAreNotFetchedToo() throws FetchFailure {
        assertThat(
                        paths(
                                holding(
                                        "consolidated.safetensors",
                                        "model-00001-of-00002.safetensors",
                                        "model-00002-of-00002.safetensors",
                                        "model.safetensors.index.json",
                                        "pytorch_model-00001-of-00002.bin",
                                        "tf_model.h5",
                                        "flax_model.msgpack"),
                                ""))
                .containsExactly(
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json");
        assertThat(paths(holding("model.safetensors", "model.fp16.safetensors"), ""))
                .containsExactly("model.safetensors");
        assertThat(paths(holding("adapter_model.safetensors", "adapter_config.json"), ""))
                .hasSize(2);
        assertThat(paths(holding("weights.safetensors"), "")).hasSize(1);
    }

    @Test
    void aFileThatIsNamedWinsOverTheRest() throws FetchFailure {
        assertThat(paths(holding("model.safetensors", "q/t.gguf"), "q/t.gguf"))
                .containsExactly("q/t.gguf");
    }

    @Test
    void pickledWeightsAreRefusedWithTheReason() {
        assertThatThrownBy(() -> manifest(holding("pytorch_model.bin", "config.json"), ""))
                .hasMessageContaining("must hold weights as safetensors or GGUF, and holds none")
                .hasMessageContaining("run code");
    }

    @Test
    void aPathThatLeavesTheFolderIsLeftOut() throws FetchFailure {
        assertThat(paths(holding("model.safetensors", "../../LICENSE"), ""))
                .containsExactly("model.safetensors");
    }

    @Test
    void theLicenceIsThatOfThePage() throws FetchFailure {
        var hub = holding("model.safetensors");
        assertThat(manifest(hub.under("mit"), "").licence().name()).isEqualTo("MIT License");
        assertThat(manifest(hub.under(List.of("apache-2.0")), "").licence().gated()).isFalse();
        assertThat(manifest(hub.under("other"), "").licence().gated()).isTrue();
        var strange = manifest(hub.under("openrail"), "").licence();
        assertThat(strange.gated()).isTrue();
        assertThat(strange.name()).isEqualTo("openrail of acme/tiny");
        assertThat(strange.terms()).contains(PAGE);
        assertThat(manifest(hub.under(""), "").licence().name())
                .isEqualTo("of acme/tiny (its page states none)");
    }

    @Test
    void anAnswerWithoutACommitIsRefused() {
        assertThatThrownBy(() ->
                        new Listing(
                                        new ModelName.Repository(
                                                "acme/tiny", new WeightsChoice.Whole(), "main"),
                                        Json.mapper().readTree("{\"sha\":\"../x\"}"))
                                .manifest(Catalogue.builtIn(), PAGE))
                .isInstanceOf(FetchFailure.Refused.class)
                .hasMessageContaining("which commit");
    }
}
