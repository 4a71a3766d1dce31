package dev.sartor.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.model.Adapters;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.RowsPass;
import dev.sartor.model.adapter.AdapterSum;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.adapter.WeightedAdapter;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.gguf.WeightType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tiny models written elsewhere and read back, with and without adapters laid in: the logits that transformers and PEFT
/// computed for what they were made from.
class ModelExportTest {
    private static final double TOLERANCE = 2e-4;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama",
                "llama3-rope",
                "llama-yarn",
                "mistral",
                "mistral-window",
                "qwen2",
                "qwen3",
                "qwen3-moe",
                "gemma2",
                "gemma3",
                "gemma3-scaled",
                "phi3",
                "phi3-longrope",
                "phi3-shortrope",
                "gpt2",
                "gpt-neox",
                "smollm3"
            })
    void aFolderBecomesAGgufFileAndThatAFolderAgain(String name) {
        var reference = ReferenceModel.of(name).folder();
        var gguf = folder.resolve("model.gguf");
        export(reference, ModelExport.Form.GGUF, gguf, WeightType.F32);
        assertComputes(gguf, reference);
        var again = folder.resolve("again");
        export(gguf, ModelExport.Form.HF, again, WeightType.F32);
        assertComputes(again, reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama",
                "gemma3",
                "gpt2",
                "qwen3-moe",
                "phi3",
                "gpt-neox",
                "t5",
                "bert-classifier",
                "mpnet-masked-lm",
                "modernbert-classifier"
            })
    void aFolderBecomesTheSameFolder(String name) {
        var reference = ReferenceModel.of(name).folder();
        var out = folder.resolve("out");
        export(reference, ModelExport.Form.HF, out, Optional.empty());
        assertComputes(out, reference);
    }

    @ParameterizedTest
    @CsvSource({
        "llama,lora",
        "llama,rslora",
        "llama,dora",
        "llama,ranks",
        "llama,layers",
        "llama,one-layer",
        "llama,regex",
        "llama,excluded",
        "llama,saved",
        "llama,embeddings",
        "llama,embeddings-dora",
        "llama,dora-patterns",
        "llama3-rope,lora",
        "mistral,lora",
        "qwen2,lora",
        "qwen2,bias-lora",
        "qwen2,bias-all",
        "qwen2,bias-dora",
        "qwen3,lora",
        "gemma3,lora",
        "phi3,lora",
        "gpt2,lora"
    })
    void mergedIsWhatPeftComputesAsAFolderAndAsAGgufFile(String name, String form) {
        var reference = ReferenceModel.of(name).folder();
        var adapter = reference.resolve(form);
        var out = folder.resolve("merged");
        var outcome = export(reference, ModelExport.Form.HF, out, WeightType.F32, adapter);
        assertThat(outcome.changed()).isPositive();
        assertComputes(out, adapter);
        var gguf = folder.resolve("merged.gguf");
        export(reference, ModelExport.Form.GGUF, gguf, WeightType.F32, adapter);
        assertComputes(gguf, adapter);
    }

    @ParameterizedTest
    @CsvSource({"t5,lora", "t5-v1_1,lora", "bert-classifier,lora", "bert-masked-lm,lora"})
    void encodersAreMergedIntoAFolder(String name, String form) {
        var reference = ReferenceModel.of(name).folder();
        var out = folder.resolve("merged");
        export(reference, ModelExport.Form.HF, out, WeightType.F32, reference.resolve(form));
        assertComputes(out, reference.resolve(form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "gemma3", "gpt2", "t5"})
    void takenOutAgainTheAdapterLeavesTheModelAsItWas(String name) {
        var reference = ReferenceModel.of(name).folder();
        var merged = folder.resolve("merged");
        export(reference, ModelExport.Form.HF, merged, WeightType.F32, reference.resolve("lora"));
        var out = folder.resolve("out");
        var request =
                new ModelExport.Request(
                        merged,
                        name,
                        List.of(new WeightedAdapter(reference.resolve("lora"), 1)),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Readers.everyone());
        ModelExport.write(request, ModelExport.Form.HF, out, Progress.silent());
        assertComputes(out, reference);
    }

    @Test
    void whatAnAdapterReplacedCannotBeTakenOutAgain() {
        var llama = ReferenceModel.of("llama").folder();
        assertThatThrownBy(() ->
                        ModelExport.write(
                                new ModelExport.Request(
                                        llama,
                                        "llama",
                                        List.of(new WeightedAdapter(llama.resolve("dora"), 1)),
                                        true,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Readers.everyone()),
                                ModelExport.Form.HF,
                                folder.resolve("out"),
                                Progress.silent()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("lora_magnitude_vector replaced what the model had there");
    }

    @Test
    void severalAdaptersAreOneByConcatenatedRanks() {
        var llama = ReferenceModel.of("llama").folder();
        var both =
                List.of(
                        new WeightedAdapter(llama.resolve("lora"), 0.25),
                        new WeightedAdapter(llama.resolve("rslora"), 0.5),
                        new WeightedAdapter(llama.resolve("saved"), -0.5));
        var one = folder.resolve("one");
        var merged = folder.resolve("merged");
        var request =
                new ModelExport.Request(
                        llama,
                        "llama",
                        both,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Readers.everyone());
        ModelExport.write(request, ModelExport.Form.PEFT, one, Progress.silent());
        ModelExport.write(request, ModelExport.Form.HF, merged, Progress.silent());
        var adapted = logits(llama, Optional.of(one));
        var laidIn = logits(merged, Optional.empty());
        for (int i = 0; i < adapted.length; i++) {
            assertThat(Math.abs(adapted[i] - laidIn[i])).isLessThan((float) TOLERANCE);
        }
    }

    @Test
    void anAdapterHalvedTwiceIsTheAdapter() {
        var llama = ReferenceModel.of("llama").folder();
        var half = new WeightedAdapter(llama.resolve("embeddings-dora"), 0.5);
        var out = folder.resolve("out");
        ModelExport.write(
                new ModelExport.Request(
                        llama,
                        "llama",
                        List.of(half, half),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Readers.everyone()),
                ModelExport.Form.HF,
                out,
                Progress.silent());
        assertComputes(out, llama.resolve("embeddings-dora"));
    }

    @Test
    void largeModelsComeInSeveralFilesWithAnIndex() throws Exception {
        var llama = ReferenceModel.of("llama").folder();
        var out = folder.resolve("out");
        try (var model = ExportedModel.open(llama, AdapterSum.none())) {
            var request =
                    new ModelExport.Request(
                            llama,
                            "llama",
                            List.of(),
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Readers.everyone());
            new FolderExport(model, request, Progress.silent()).write(out, 100_000);
        }
        assertThat(out.resolve("model.safetensors.index.json")).exists();
        try (var files = Files.list(out)) {
            assertThat(files.filter(f -> f.toString().endsWith(".safetensors")).count())
                    .isGreaterThan(1);
        }
        assertComputes(out, llama);
    }

    @ParameterizedTest
    @CsvSource({"F16,2e-2", "BF16,2e-1", "Q8_0,2e-1", "Q4_0,3"})
    void roundedWeightsChangeTheLogitsByTheirStep(WeightType type, double most) {
        var llama = ReferenceModel.of("llama").folder();
        var gguf = folder.resolve("model.gguf");
        var outcome = export(llama, ModelExport.Form.GGUF, gguf, type);
        assertThat(outcome.type()).isEqualTo(type.name());
        try (var decoder = Networks.decoder(gguf, DType.F32)) {
            var difference =
                    ReferenceCheck.read(llama.resolve("reference.json"))
                            .of(decoder, Adapters.none())
                            .difference();
            assertThat(difference).isBetween(1e-5, most);
        }
    }

    @Test
    void nothingIsOverwritten() {
        var llama = ReferenceModel.of("llama").folder();
        assertThatThrownBy(() -> export(llama, ModelExport.Form.HF, folder, WeightType.F32))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("exists already, and nothing is overwritten");
    }

    @Test
    void anAdapterOfAnotherModelIsRefusedBeforeAnythingIsWritten() {
        var llama = ReferenceModel.of("llama").folder();
        var out = folder.resolve("out");
        assertThatThrownBy(() ->
                        export(
                                llama,
                                ModelExport.Form.HF,
                                out,
                                WeightType.F32,
                                ReferenceModel.of("gpt2").folder().resolve("lora")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("is for another model: at base_model.model.transformer.h.0");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "t5,a model of the family 't5' cannot be written as GGUF; gemma2",
        "llama-linear,hidden_act must be one of [silu] in a GGUF file",
        "gpt-neox-sequential,hidden_act must be one of [gelu] in a GGUF file",
        "qwen2-window,'use_sliding_window must be false in a GGUF file of the architecture ''qwen2'''",
        "gpt2-relu,activation_function must be one of",
        "llama-yarn-scaled,must be absent in a GGUF file"
    })
    void whatAGgufFileHasNoWordsForIsRefusedByName(String name, String said) {
        assertThatThrownBy(() ->
                        export(
                                ReferenceModel.of(name).folder(),
                                ModelExport.Form.GGUF,
                                folder.resolve("out.gguf"),
                                WeightType.F32))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(said);
    }

    @Test
    void quantisedWeightsAreForGgufFilesAlone() {
        assertThatThrownBy(() ->
                        export(
                                ReferenceModel.of("llama").folder(),
                                ModelExport.Form.HF,
                                folder.resolve("out"),
                                WeightType.Q8_0))
                .hasMessageContaining(
                        "--type must be F32, BF16 or F16 in a Hugging Face directory");
    }

    private static ModelExport.Outcome export(
            Path model, ModelExport.Form form, Path out, WeightType type, Path... adapters) {
        return export(model, form, out, Optional.of(type), adapters);
    }

    private static ModelExport.Outcome export(
            Path model,
            ModelExport.Form form,
            Path out,
            Optional<WeightType> type,
            Path... adapters) {
        var adapted =
                java.util.Arrays.stream(adapters)
                        .map(each -> new WeightedAdapter(each, 1))
                        .toList();
        return ModelExport.write(
                new ModelExport.Request(
                        model, "tiny", adapted, false, type, Optional.empty(), Readers.everyone()),
                form,
                out,
                Progress.silent());
    }

    private static void assertComputes(Path model, Path reference) {
        try (var network = Networks.open(model, DType.F32)) {
            var outcome =
                    ReferenceCheck.read(reference.resolve("reference.json"))
                            .of(network, Adapters.none());
            assertThat(outcome.difference()).isLessThan(TOLERANCE);
            assertThat(outcome.same()).isEqualTo(outcome.tokens());
        }
    }

    private static float[] logits(Path model, Optional<Path> adapter) {
        var ids = new int[] {5, 9, 44, 17, 90, 3};
        try (var network = Networks.decoder(model, DType.F32)) {
            return Engine.call(() -> {
                try (var _ = TensorScope.open()) {
                    if (adapter.isEmpty()) {
                        return logits(network, ids, Adapters.none());
                    }
                    try (var adapted = PeftFolder.read(adapter.get(), network)) {
                        return logits(network, ids, adapted);
                    }
                }
            });
        }
    }

    private static float[] logits(Decoder network, int[] ids, Adapters adapters) {
        var pass = RowsPass.of(0, 1, ids.length, DType.F32);
        var hidden = network.hidden(Tensors.indices(ids), pass, adapters);
        return network.logits(hidden, adapters).toFloats();
    }
}
