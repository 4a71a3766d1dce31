package dev.sartor.model.family.encoder;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.Embedding;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.Precision;
import dev.sartor.model.RelativePositions;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.EncoderBlock;
import dev.sartor.model.layer.EncoderBody;
import dev.sartor.model.layer.EncoderEmbeddings;
import dev.sartor.model.layer.FeedForward;
import dev.sartor.model.layer.Norm;
import dev.sartor.model.layer.PreNormBlock;
import dev.sartor.model.layer.RmsNorm;
import dev.sartor.model.layer.SelfAttention;
import dev.sartor.model.network.CrossAttention;
import dev.sartor.model.network.DecodingBlock;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The parts of T5: scores are not scaled, distances add to them, norms have no mean, and no layer has a bias
/// (Raffel et al. 2019; transformers' modeling_t5.py).
final class T5Parts {
    private final ModelConfig config;
    private final WeightLoader weights;
    private final int width;
    private final int heads;
    private final int headWidth;
    private final double epsilon;

    private T5Parts(ModelConfig config, WeightLoader weights) {
        this.config = config;
        this.weights = weights;
        width = config.integer("d_model", 512);
        heads = config.integer("num_heads", 8);
        headWidth = config.integer("d_kv", 64);
        epsilon = config.number("layer_norm_epsilon", 1e-6);
        if (heads < 1 || headWidth < 1) {
            throw config.unsupported(
                    "num_heads and d_kv must be at least 1, got " + heads + " and " + headWidth);
        }
    }

    static EncoderDecoder build(
            ModelConfig config, NetworkNames names, Weights stored, DType type) {
        var owner = TensorScope.owner();
        var family = new T5Parts(config, new WeightLoader(stored, Precision.of(type), owner));
        var words =
                family.weights.table("shared", config.integer("vocab_size", 32128), family.width);
        return new EncoderDecoder(
                config,
                names,
                family.reading(words),
                family.saying(words),
                family.head(words),
                family.weights.own());
    }

    private EncoderBody reading(Embedding words) {
        var embeddings =
                new EncoderEmbeddings(
                        words,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty());
        var blocks =
                IntStream.range(0, config.integer("num_layers", 6))
                        .<EncoderBlock>mapToObj(layer -> {
                            var path = "encoder.block." + layer + ".layer.";
                            return new PreNormBlock(
                                    Optional.of(norm(path + "0.layer_norm")),
                                    attention(path + "0.SelfAttention."),
                                    norm(path + "1.layer_norm"),
                                    feedForward(path + "1.DenseReluDense."));
                        })
                        .toList();
        var norm = norm("encoder.final_layer_norm");
        return new EncoderBody(
                embeddings, Optional.of(bias("encoder", true)), blocks, Optional.of(norm));
    }

    private EncoderDecoder.Saying saying(Embedding words) {
        int layers = config.integer("num_decoder_layers", config.integer("num_layers", 6));
        var blocks =
                IntStream.range(0, layers)
                        .mapToObj(layer -> {
                            var path = "decoder.block." + layer + ".layer.";
                            return new DecodingBlock(
                                    norm(path + "0.layer_norm"),
                                    attention(path + "0.SelfAttention."),
                                    norm(path + "1.layer_norm"),
                                    crossAttention(path + "1.EncDecAttention."),
                                    norm(path + "2.layer_norm"),
                                    feedForward(path + "2.DenseReluDense."));
                        })
                        .toList();
        return new EncoderDecoder.Saying(
                words, bias("decoder", false), blocks, norm("decoder.final_layer_norm"));
    }

    private SelfAttention attention(String path) {
        int inner = heads * headWidth;
        return new SelfAttention(
                weights.linear(
                        width,
                        List.of(
                                new Linear.Part(path + "q", inner),
                                new Linear.Part(path + "k", inner),
                                new Linear.Part(path + "v", inner))),
                weights.linear(path + "o", inner, width),
                heads,
                rule(),
                Optional.empty());
    }

    private CrossAttention crossAttention(String path) {
        int inner = heads * headWidth;
        return new CrossAttention(
                weights.linear(path + "q", width, inner),
                weights.linear(
                        width,
                        List.of(
                                new Linear.Part(path + "k", inner),
                                new Linear.Part(path + "v", inner))),
                weights.linear(path + "o", inner, width),
                heads,
                rule());
    }

    private static AttentionRule rule() {
        return new AttentionRule(1, OptionalInt.empty(), OptionalDouble.empty());
    }

    private RelativePositions bias(String half, boolean bothWays) {
        int count = config.integer("relative_attention_num_buckets", 32);
        Tensor table =
                weights.tensor(
                        half + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight",
                        count,
                        heads);
        int far = config.integer("relative_attention_max_distance", 128);
        return RelativePositions.of(
                config, table, new RelativePositions.Buckets(count, far, bothWays));
    }

    /// `gated-gelu` means the approximated one, `gelu` alone the exact one.
    private FeedForward feedForward(String path) {
        int inner = config.integer("d_ff", 2048);
        var kind = config.has("feed_forward_proj") ? config.text("feed_forward_proj") : "relu";
        boolean gated = kind.startsWith("gated-");
        var name = kind.equals("gated-gelu") ? "gelu_new" : gated ? kind.substring(6) : kind;
        var up =
                gated
                        ? List.of(
                                new Linear.Part(path + "wi_0", inner),
                                new Linear.Part(path + "wi_1", inner))
                        : List.of(new Linear.Part(path + "wi", inner));
        return new DenseFeedForward(
                weights.linear(width, up),
                Activation.named(config, "feed_forward_proj", name),
                gated,
                weights.linear(path + "wo", inner, width));
    }

    /// The first T5 ties its head to the embedding and scales the states for it. Files that transformers wrote lately say
    /// whether they are scaled; older ones by whether the two are tied.
    private EncoderDecoder.Head head(Embedding words) {
        boolean tied = config.flag("tie_word_embeddings", true);
        boolean scaled = config.flag("scale_decoder_outputs", tied);
        var head =
                weights.has("lm_head.weight")
                        ? weights.linear("lm_head", width, (int) words.table().entries())
                        : weights.tied("lm_head", words, Optional.empty());
        return new EncoderDecoder.Head(head, scaled ? 1 / Math.sqrt(width) : 1);
    }

    private Norm norm(String module) {
        return new RmsNorm(weights.tensor(module + ".weight", width), epsilon);
    }
}
