package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Llama 1 to 3 and what is built like them, SmolLM2 among them (Touvron et al. 2023; transformers' modeling_llama.py).
final class LlamaFamily {
    private final ModelConfig config;
    private final WeightLoader weights;
    private final int width;
    private final int heads;
    private final int groups;
    private final int headWidth;
    private final double epsilon;

    private LlamaFamily(ModelConfig config, WeightLoader weights) {
        this.config = config;
        this.weights = weights;
        width = config.integer("hidden_size");
        heads = config.integer("num_attention_heads");
        groups = config.integer("num_key_value_heads", heads);
        headWidth = config.integer("head_dim", width / Math.max(1, heads));
        epsilon = config.number("rms_norm_eps", 1e-6);
        if (heads < 1 || groups < 1 || heads % groups != 0) {
            throw config.unsupported(
                    "num_key_value_heads must divide num_attention_heads ("
                            + heads
                            + "), got "
                            + groups);
        }
    }

    static Decoder build(ModelConfig config, Weights stored, Precision precision) {
        var owner = TensorScope.owner();
        var family = new LlamaFamily(config, new WeightLoader(stored, precision, owner));
        return family.decoder(precision.computes(), owner);
    }

    private Decoder decoder(DType type, TensorScope owner) {
        var vocabulary = config.integer("vocab_size");
        var embedding = weights.table("model.embed_tokens", vocabulary, width);
        var head =
                config.flag("tie_word_embeddings", false)
                        ? weights.tied("lm_head", embedding, Optional.empty())
                        : weights.linear("lm_head", width, vocabulary);
        var blocks =
                IntStream.range(0, config.integer("num_hidden_layers"))
                        .mapToObj(this::block)
                        .toList();
        var rope = Rope.of(config, headWidth, type, owner);
        return new Decoder(config, embedding, blocks, norm("model.norm"), head, rope, owner);
    }

    private DecoderBlock block(int layer) {
        var path = "model.layers." + layer + ".";
        return new DecoderBlock(
                norm(path + "input_layernorm"),
                attention(path + "self_attn."),
                norm(path + "post_attention_layernorm"),
                feedForward(path + "mlp."));
    }

    private Attention attention(String path) {
        var queryKeyValue =
                weights.linear(
                        width,
                        List.of(
                                new Linear.Part(path + "q_proj", heads * headWidth),
                                new Linear.Part(path + "k_proj", groups * headWidth),
                                new Linear.Part(path + "v_proj", groups * headWidth)));
        var output = weights.linear(path + "o_proj", heads * headWidth, width);
        return new Attention(
                queryKeyValue, output, heads, groups, headWidth, AttentionRule.full(headWidth));
    }

    private GatedFeedForward feedForward(String path) {
        var inner = config.integer("intermediate_size");
        var gateAndUp =
                weights.linear(
                        width,
                        List.of(
                                new Linear.Part(path + "gate_proj", inner),
                                new Linear.Part(path + "up_proj", inner)));
        return new GatedFeedForward(gateAndUp, weights.linear(path + "down_proj", inner, width));
    }

    private RmsNorm norm(String module) {
        return new RmsNorm(weights.tensor(module + ".weight", width), epsilon);
    }
}
