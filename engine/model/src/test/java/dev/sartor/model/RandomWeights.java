package dev.sartor.model;

import dev.sartor.core.Json;
import dev.sartor.model.family.LlamaFamily;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.Map;

/// Weights of SmolLM2-135M's shape with random values: for timings, which do not depend on them.
public final class RandomWeights implements Weights {
    private static final int WIDTH = 576;
    private static final int INNER = 1536;
    private static final int VOCABULARY = 49152;

    public static Decoder decoder(Precision precision) {
        var config =
                Map.of(
                        "model_type",
                        "llama",
                        "hidden_size",
                        WIDTH,
                        "intermediate_size",
                        INNER,
                        "num_hidden_layers",
                        30,
                        "num_attention_heads",
                        9,
                        "num_key_value_heads",
                        3,
                        "vocab_size",
                        VOCABULARY,
                        "max_position_embeddings",
                        8192,
                        "tie_word_embeddings",
                        true);
        return new LlamaFamily()
                .build(
                        new ModelConfig("random", Json.mapper().valueToTree(config)),
                        new WeightLoader(new RandomWeights(), precision, TensorScope.owner()));
    }

    @Override
    public boolean has(String name) {
        return !name.endsWith(".bias") && !name.equals("lm_head.weight");
    }

    @Override
    public List<Long> shape(String name) {
        if (name.contains("norm")) {
            return List.of((long) WIDTH);
        }
        if (name.contains("embed")) {
            return List.of((long) VOCABULARY, (long) WIDTH);
        }
        if (name.contains("down_proj")) {
            return List.of((long) WIDTH, (long) INNER);
        }
        long out = name.contains("mlp") ? INNER : name.matches(".*[kv]_proj.*") ? 192 : WIDTH;
        return List.of(out, (long) WIDTH);
    }

    @Override
    public void readInto(String name, Tensor target) {
        target.copyFrom(Tensors.random(name.hashCode(), target.type(), target.shape()))
                .add(Tensors.full(-0.5, target.type(), 1))
                .multiply(0.05);
    }

    @Override
    public void close() {}
}
