package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.Embedding;
import dev.sartor.model.HeadShape;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.Rope;
import dev.sartor.model.RopeSettings;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.Attention;
import dev.sartor.model.layer.DecoderBlock;
import dev.sartor.model.layer.DecoderInput;
import dev.sartor.model.layer.DecoderOutput;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.FeedForward;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.layer.PreNormDecoderBlock;
import dev.sartor.model.layer.QueryKeyNorm;
import dev.sartor.model.layer.RmsNorm;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The parts that most decoders of transformers share, under the names that they have there: `model.embed_tokens`,
/// `model.layers.N.self_attn.q_proj` and so on.
final class DecoderParts {
    private static final String TOKENS = "model.embed_tokens";

    private final ModelConfig config;
    private final WeightLoader weights;
    private final int width;
    private final HeadShape shape;

    DecoderParts(ModelConfig config, WeightLoader weights, HeadShape.Order order) {
        this.config = config;
        this.weights = weights;
        this.width = config.integer("hidden_size");
        this.shape = HeadShape.of(config, order);
        if (config.has("quantization_config")) {
            throw config.unsupported(
                    "quantization_config must be absent: take the model's unquantised files, or a GGUF file");
        }
        if (config.flag("use_bidirectional_attention", false)) {
            throw config.unsupported("use_bidirectional_attention must be false, got true");
        }
    }

    static DecoderParts of(ModelConfig config, WeightLoader weights) {
        return new DecoderParts(config, weights, HeadShape.Order.SIDE_BY_SIDE);
    }

    static String layer(int layer) {
        return "model.layers." + layer + ".";
    }

    int width() {
        return width;
    }

    HeadShape shape() {
        return shape;
    }

    DType type() {
        return weights.type();
    }

    /// A rope that turns whole heads, as the configuration says.
    Rope rope() {
        return RopeSettings.whole(config, shape.width(), type());
    }

    /// @param block makes the block of a layer, counted from 0
    List<DecoderBlock> blocks(IntFunction<DecoderBlock> block) {
        int layers = config.integer("num_hidden_layers");
        if (layers < 1) {
            throw config.unsupported("num_hidden_layers must be at least 1, got " + layers);
        }
        return IntStream.range(0, layers).mapToObj(block).toList();
    }

    /// A block as in Llama: norm and attention, norm and feed-forward network.
    PreNormDecoderBlock block(int layer, Attention attention, FeedForward feedForward) {
        var path = layer(layer);
        return new PreNormDecoderBlock(
                norm(path + "input_layernorm"),
                attention,
                norm(path + "post_attention_layernorm"),
                feedForward);
    }

    /// Llama's feed-forward network, of the width and with the activation that the configuration says.
    DenseFeedForward gated(int layer, boolean biased) {
        return gated(
                layer(layer) + "mlp.",
                config.integer("intermediate_size"),
                biased,
                activation("hidden_act"));
    }

    Decoder decoder(NetworkNames names, List<DecoderBlock> blocks) {
        var tokens = embedding(TOKENS, config.integer("vocab_size"));
        var output =
                new DecoderOutput(
                        norm("model.norm"), head("lm_head", tokens), OptionalDouble.empty());
        return new Decoder(config, names, DecoderInput.of(tokens), blocks, output, weights.own());
    }

    Embedding embedding(String module, int rows) {
        return weights.table(module, rows, width);
    }

    /// The head, which is the tokens' embedding where `tie_word_embeddings` says so.
    Linear head(String module, Embedding tokens) {
        return config.flag("tie_word_embeddings")
                ? weights.tied(module, tokens, Optional.empty())
                : linear(width, false, new Linear.Part(module, config.integer("vocab_size")));
    }

    RmsNorm norm(String module) {
        return norm(module, width);
    }

    RmsNorm norm(String module, int size) {
        return new RmsNorm(weights.tensor(module + ".weight", size), config.number("rms_norm_eps"));
    }

    LayerNorm layerNorm(String module, double epsilon) {
        return LayerNorm.of(weights, module, width, epsilon);
    }

    Tensor tensor(String name, long... size) {
        return weights.tensor(name, size);
    }

    /// Separate query, key, value and output matrices.
    ///
    /// @param path of the module that holds them, with a dot at its end
    /// @param biased whether all four have biases
    Attention attention(
            String path,
            boolean biased,
            Optional<QueryKeyNorm> norm,
            Optional<Rope> rope,
            AttentionRule rule) {
        return new Attention(
                queryKeyValue(path, biased), output(path, biased), shape, norm, rope, rule);
    }

    Linear queryKeyValue(String path, boolean biased) {
        return linear(
                width,
                biased,
                new Linear.Part(path + "q_proj", shape.queries()),
                new Linear.Part(path + "k_proj", shape.keys()),
                new Linear.Part(path + "v_proj", shape.keys()));
    }

    Linear output(String path, boolean biased) {
        return linear(shape.queries(), biased, new Linear.Part(path + "o_proj", width));
    }

    QueryKeyNorm queryKeyNorm(String path) {
        return new QueryKeyNorm(
                norm(path + "q_norm", shape.width()), norm(path + "k_norm", shape.width()));
    }

    /// Separate gate, up and down matrices.
    DenseFeedForward gated(String path, int inner, boolean biased, Activation activation) {
        return new DenseFeedForward(
                linear(
                        width,
                        biased,
                        new Linear.Part(path + "gate_proj", inner),
                        new Linear.Part(path + "up_proj", inner)),
                activation,
                true,
                linear(inner, biased, new Linear.Part(path + "down_proj", width)));
    }

    /// Layers over the same input as one matrix, which have biases or not as the configuration says.
    Linear linear(int in, boolean biased, Linear.Part... parts) {
        var wrong = new ArrayList<String>();
        for (var part : parts) {
            if (weights.has(part.module() + ".bias") != biased) {
                wrong.add(part.module() + ".bias");
            }
        }
        if (!wrong.isEmpty()) {
            throw config.unsupported(
                    "the weight "
                            + wrong.getFirst()
                            + (biased ? " is missing" : " is there")
                            + ", but the configuration says otherwise: they are of different models");
        }
        return weights.linear(in, List.of(parts));
    }

    Activation activation(String key) {
        return Activation.named(config, key, config.text(key));
    }
}
