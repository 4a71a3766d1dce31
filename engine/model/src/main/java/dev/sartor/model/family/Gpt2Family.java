package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.layer.Attention;
import dev.sartor.model.layer.DecoderBlock;
import dev.sartor.model.layer.DecoderInput;
import dev.sartor.model.layer.DecoderOutput;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.layer.PreNormDecoderBlock;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.Tensor;
import dev.sartor.weights.Weights;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// GPT-2: learned positions, one matrix for query, key and value (Radford et al. 2019; transformers' modeling_gpt2.py).
final class Gpt2Family implements Family {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 1024, "activation_function": "gelu_new",
             "layer_norm_epsilon": 1e-5, "scale_attn_weights": true, "add_cross_attention": false,
             "scale_attn_by_inverse_layer_idx": false, "tie_word_embeddings": true}\
            """;
    private static final Map<String, String> NAMES =
            Map.of(
                    "n_embd", "hidden_size",
                    "n_head", "num_attention_heads",
                    "n_layer", "num_hidden_layers",
                    "n_positions", "max_position_embeddings");

    @Override
    public Weights arranged(Weights safetensors) {
        return new Conv1dWeights(safetensors);
    }

    @Override
    public ModelConfig completed(ModelConfig given) {
        return given.renamed(NAMES).withDefaults(DEFAULTS);
    }

    @Override
    public Tensor stored(String name, Tensor own) {
        return Conv1dWeights.isTurned(name) ? own.transposed(0, 1) : own;
    }

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = completed(given);
        var parts = DecoderParts.of(config, weights);
        if (config.flag("add_cross_attention")) {
            throw config.unsupported("add_cross_attention must be false, got true");
        }
        var tokens = parts.embedding("transformer.wte", config.integer("vocab_size"));
        var positions =
                parts.embedding("transformer.wpe", config.integer("max_position_embeddings"));
        var input = new DecoderInput(tokens, Optional.of(positions), Optional.empty());
        var output =
                new DecoderOutput(
                        norm(config, parts, "transformer.ln_f"),
                        parts.head("lm_head", tokens),
                        OptionalDouble.empty());
        var blocks = parts.blocks(layer -> block(config, parts, layer));
        return new Decoder(config, input, blocks, output, weights.own());
    }

    private static DecoderBlock block(ModelConfig config, DecoderParts parts, int layer) {
        var path = "transformer.h." + layer + ".";
        var shape = parts.shape();
        var attention =
                new Attention(
                        linear(parts, parts.width(), path + "attn.c_attn", shape.projected()),
                        linear(parts, shape.queries(), path + "attn.c_proj", parts.width()),
                        shape,
                        Optional.empty(),
                        Optional.empty(),
                        rule(config, shape.width(), layer));
        int inner = config.integer("n_inner", 4 * parts.width());
        return new PreNormDecoderBlock(
                norm(config, parts, path + "ln_1"),
                attention,
                norm(config, parts, path + "ln_2"),
                new DenseFeedForward(
                        linear(parts, parts.width(), path + "mlp.c_fc", inner),
                        parts.activation("activation_function"),
                        false,
                        linear(parts, inner, path + "mlp.c_proj", parts.width())));
    }

    private static AttentionRule rule(ModelConfig config, int width, int layer) {
        double scale = config.flag("scale_attn_weights") ? 1 / Math.sqrt(width) : 1;
        return new AttentionRule(
                config.flag("scale_attn_by_inverse_layer_idx") ? scale / (layer + 1) : scale,
                OptionalInt.empty(),
                OptionalDouble.empty());
    }

    private static Linear linear(DecoderParts parts, int in, String module, int out) {
        return parts.linear(in, true, new Linear.Part(module, out));
    }

    private static LayerNorm norm(ModelConfig config, DecoderParts parts, String module) {
        return parts.layerNorm(module, config.number("layer_norm_epsilon"));
    }
}
