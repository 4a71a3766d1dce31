package dev.sartor.generate;

import dev.sartor.core.SartorException;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/// The tiny random Llama that transformers answered for.
final class TinyModel {
    private TinyModel() {}

    static Decoder decoder() {
        return Networks.decoder(folder(), DType.F32);
    }

    static LoraAdapter adapter(Decoder decoder) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return PeftFolder.read(folder().resolve("lora"), decoder);
            }
        });
    }

    static Path folder() {
        try {
            var url =
                    Objects.requireNonNull(
                            TinyModel.class.getResource("/reference/llama/config.json"));
            return Objects.requireNonNull(Path.of(url.toURI()).getParent());
        } catch (URISyntaxException e) {
            throw SartorException.defect("bad resource address", e);
        }
    }
}
