package dev.sartor.model.family;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.memory.BlockShape;
import dev.sartor.model.memory.LinearShape;
import dev.sartor.model.memory.ModelShape;
import java.util.List;
import java.util.stream.Stream;

/// The sizes of decoders of grouped-query attention and gated feed-forward layers. The counts agree with those that the
/// models' authors publish, to the last parameter.
///
/// @param norms of each block, as wide as the states
/// @param biased whether queries, keys and values have biases whatever the configuration says
/// @param turns whether each head's queries and keys are normalised
/// @param ties whether head and table are one where the configuration does not say
record GatedShape(ModelConfig config, int norms, boolean biased, boolean turns, boolean ties) {
    /// As Llama's.
    static ModelShape of(ModelConfig config) {
        return new GatedShape(config, 2, false, false, false).shape();
    }

    /// With biases on queries, keys and values.
    static ModelShape withBiases(ModelConfig config) {
        return new GatedShape(config, 2, true, false, false).shape();
    }

    /// With a norm of each head's queries and keys.
    static ModelShape withNorms(ModelConfig config) {
        return new GatedShape(config, 2, false, true, false).shape();
    }

    /// With norms on both sides of each layer, and a head that is the table.
    ///
    /// @param turns see {@link #turns}
    static ModelShape sandwiched(ModelConfig config, boolean turns) {
        return new GatedShape(config, 4, false, turns, true).shape();
    }

    private ModelShape shape() {
        int width = config.integer("hidden_size");
        int heads = config.integer("num_attention_heads");
        int groups = config.integer("num_key_value_heads", heads);
        int headWidth = config.integer("head_dim", width / Math.max(1, heads));
        int layers = config.integer("num_hidden_layers");
        int vocabulary = config.integer("vocab_size");
        var attention =
                List.of(
                        LinearShape.of(width, heads * headWidth),
                        LinearShape.of(width, groups * headWidth),
                        LinearShape.of(width, groups * headWidth),
                        LinearShape.of(heads * headWidth, width));
        var feedForward = feedForward(width);
        boolean hasBiases = !biased && config.flag("attention_bias", false);
        long others =
                (long) norms * width
                        + attentionExtras(heads, groups, headWidth)
                        + (hasBiases ? (heads + 2L * groups) * headWidth + width : 0);
        int inner = activeInner();
        long queries = (long) heads * headWidth;
        long keys = (long) groups * headWidth;
        long turnedNorms = turns ? queries + keys : 0;
        boolean mixes = config.has("num_experts");
        // Recorded: what norms give, what was attended to, both halves of the gated layer, the
        // activation and the product. By hand: the norms' inputs and the projection, too, and
        // no activation.
        var kept =
                new BlockShape.Kept(
                        2L * width + queries + 4L * inner,
                        (long) norms * width + turnedNorms,
                        norms == 2 && !mixes
                                ? 4L * width + 2 * queries + 2 * keys + 3L * inner + 3 * turnedNorms
                                : 0,
                        queries,
                        keys,
                        3L * inner);
        var block =
                new BlockShape(
                        layers,
                        Stream.concat(attention.stream(), feedForward.stream()).toList(),
                        others,
                        heads,
                        2 * keys,
                        kept,
                        2L * width + Math.max(2 * queries + 3 * keys, 4L * inner));
        boolean tied = config.flag("tie_word_embeddings", ties);
        return new ModelShape(
                config.family(),
                List.of(block),
                (long) vocabulary * width + width,
                tied ? 0 : (long) vocabulary * width,
                vocabulary,
                config.integer("max_position_embeddings"));
    }

    private List<LinearShape> feedForward(int width) {
        if (!config.has("num_experts")) {
            int inner = config.integer("intermediate_size");
            return List.of(new LinearShape(width, inner, 2), LinearShape.of(inner, width));
        }
        int experts = config.integer("num_experts");
        int inner = config.integer("moe_intermediate_size");
        return List.of(
                LinearShape.of(width, experts),
                new LinearShape(width, inner, 2 * experts),
                new LinearShape(inner, width, experts));
    }

    /// Of the experts only those that a token is sent to compute.
    private int activeInner() {
        return config.has("num_experts")
                ? config.integer("moe_intermediate_size") * config.integer("num_experts_per_tok", 8)
                : config.integer("intermediate_size");
    }

    /// Biases and norms inside of the attention.
    private long attentionExtras(int heads, int groups, int headWidth) {
        return (biased ? (heads + 2L * groups) * headWidth : 0) + (turns ? 2L * headWidth : 0);
    }
}
