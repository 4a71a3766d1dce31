package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufNaming;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.layer.Attention;
import dev.sartor.model.layer.DecoderBlock;
import dev.sartor.model.layer.DecoderInput;
import dev.sartor.model.layer.DecoderOutput;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.layer.PreNormDecoderBlock;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.Tensor;
import dev.sartor.weights.Weights;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;

/// GPT-2: learned positions, one matrix for query, key and value (Radford et al. 2019; transformers' modeling_gpt2.py).
final class Gpt2Family implements DecoderFamily {
    private static final String DEFAULTS =
            """
            {"max_position_embeddings": 1024, "activation_function": "gelu_new",
             "layer_norm_epsilon": 1e-5, "scale_attn_weights": true, "add_cross_attention": false,
             "scale_attn_by_inverse_layer_idx": false, "tie_word_embeddings": true}\
            """;
    private static final GgufNaming NAMING =
            new GgufNaming(
                    GgufNaming.names(
                            "transformer.wte", "token_embd",
                            "transformer.wpe", "position_embd",
                            "transformer.ln_f", "output_norm",
                            "lm_head", "output"),
                    "transformer.h.",
                    GgufNaming.names(
                            "ln_1", "attn_norm",
                            "attn.c_attn", "attn_qkv",
                            "attn.c_proj", "attn_output",
                            "ln_2", "ffn_norm",
                            "mlp.c_fc", "ffn_up",
                            "mlp.c_proj", "ffn_down"),
                    Optional.empty());
    private static final GgufTraits.Settings SETTINGS =
            new GgufTraits.Settings(
                    new GgufTraits.Settings.Norm("layer_norm_epsilon", false),
                    List.of(),
                    config -> config.integer("n_inner", 4 * config.integer("hidden_size")),
                    "activation_function",
                    Set.of("gelu_new", "gelu_pytorch_tanh"));
    private static final Map<String, String> NAMES =
            Map.of(
                    "n_embd", "hidden_size",
                    "n_head", "num_attention_heads",
                    "n_layer", "num_hidden_layers",
                    "n_positions", "max_position_embeddings");

    @Override
    public String name() {
        return "gpt2";
    }

    @Override
    public String transformersClass() {
        return "GPT2LMHeadModel";
    }

    @Override
    public NetworkNames names() {
        return NetworkNames.of("transformer.wte", "lm_head").targeting("c_attn");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return new GptShape(config).learned();
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(
                GgufTraits.of("gpt2").named(NAMING).turned(GgufTraits.Turning.NONE).set(SETTINGS));
    }

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
    public List<Long> storedShape(String name, List<Long> own) {
        return Conv1dWeights.isTurned(name) ? own.reversed() : own;
    }

    /// Where only the model under the head was saved.
    @Override
    public String missingPrefix(Collection<String> stored) {
        return stored.contains("wte.weight") ? Conv1dWeights.PREFIX : "";
    }

    @Override
    public SequencedMap<String, String> configKeys() {
        return GgufNaming.names(
                "model_type", "model_type",
                "hidden_size", "n_embd",
                "num_hidden_layers", "n_layer",
                "num_attention_heads", "n_head",
                "max_position_embeddings", "n_positions",
                "n_inner", "n_inner",
                "vocab_size", "vocab_size",
                "tie_word_embeddings", "tie_word_embeddings",
                "layer_norm_epsilon", "layer_norm_epsilon");
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
        return new Decoder(config, names(), input, blocks, output, weights.own());
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
