package dev.sartor.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.model.Adapters;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.adapter.WeightedAdapter;
import dev.sartor.model.file.GreedyTokens;
import dev.sartor.model.file.ModelExport;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.Reference;
import dev.sartor.tune.TinyTraining;
import dev.sartor.weights.gguf.WeightType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// A new architecture is one file, {@link ScratchFamily}, and one line, that which opens the `try` here: it is trained,
/// exported in both forms and answers as any other.
class ScratchFamilyTest {
    private static final int[] PROMPT = {7, 8, 31, 44, 5};

    @TempDir Path folder;

    @Test
    void anArchitectureOfOneFileAndOneLineTrainsIsExportedAndAnswers() throws IOException {
        var model = model();
        try (var _ = Families.with(new ScratchFamily())) {
            var adapter = folder.resolve("adapter");
            int[] tuned;
            try (var decoder = Networks.decoder(model, DType.F32)) {
                var report = new TinyTraining(decoder, adapter).toTheEnd();
                assertThat(report.checks().getLast().loss())
                        .isLessThan(report.checks().getFirst().loss());
                tuned = tuned(decoder, adapter);
                assertThat(tuned).isNotEqualTo(plain(decoder));
            }
            for (var form : List.of(ModelExport.Form.HF, ModelExport.Form.GGUF)) {
                try (var merged = Networks.decoder(merged(model, adapter, form), DType.F32)) {
                    assertThat(plain(merged)).isEqualTo(tuned);
                }
            }
        }
        assertThatThrownBy(() -> Networks.decoder(model, DType.F32))
                .hasMessageContaining("model_type 'scratch' cannot be loaded here");
    }

    private Path model() throws IOException {
        var llama = Reference.model("llama");
        var model = Files.createDirectory(folder.resolve("model"));
        var config = (ObjectNode) Json.read(llama.resolve("config.json"));
        config.put("model_type", "scratch");
        Files.writeString(model.resolve("config.json"), Json.pretty(config));
        Files.copy(llama.resolve("model.safetensors"), model.resolve("model.safetensors"));
        return model;
    }

    private Path merged(Path model, Path adapter, ModelExport.Form form) {
        var out = folder.resolve(form.name());
        var request =
                new ModelExport.Request(
                        model,
                        "scratch",
                        List.of(new WeightedAdapter(adapter, 1)),
                        false,
                        Optional.of(WeightType.F32),
                        Optional.empty(),
                        Readers.everyone());
        ModelExport.write(request, form, out, Progress.silent());
        return out;
    }

    private static int[] plain(Decoder decoder) {
        return Engine.call(() -> GreedyTokens.after(PROMPT, 12, decoder, Adapters.none()));
    }

    private static int[] tuned(Decoder decoder, Path folder) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var adapter = PeftFolder.read(folder, decoder)) {
                return GreedyTokens.after(PROMPT, 12, decoder, adapter);
            }
        });
    }
}
