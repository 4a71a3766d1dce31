package dev.sartor.model.gguf;

import dev.sartor.model.Precision;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.Families;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.Weights;
import dev.sartor.weights.gguf.GgufFile;
import java.nio.file.Path;
import java.util.List;

/// Weights rounded to bf16 and held in fp32, as references have them that read a bf16 file and compute in fp32.
public final class RoundedWeights implements Weights {
    private final Weights stored;

    private RoundedWeights(Weights stored) {
        this.stored = stored;
    }

    /// A decoder of a GGUF file, which computes in fp32. The caller closes it.
    public static Decoder decoder(Path gguf) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var file = GgufFile.open(gguf, WeightAccess.COPIED)) {
                var config = GgufConfig.of(gguf, file);
                var weights = new RoundedWeights(new GgufWeights(file, config));
                var loader = new WeightLoader(weights, Precision.F32, TensorScope.owner());
                return Families.decoder(config).build(config, loader);
            }
        });
    }

    @Override
    public boolean has(String name) {
        return stored.has(name);
    }

    @Override
    public List<Long> shape(String name) {
        return stored.shape(name);
    }

    @Override
    public void readInto(String name, Tensor target) {
        stored.readInto(name, target);
        try (var _ = TensorScope.open()) {
            target.copyFrom(target.to(DType.BF16).to(DType.F32));
        }
    }

    @Override
    public void close() {
        stored.close();
    }
}
