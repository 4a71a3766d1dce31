package dev.sartor.model.memory;

import dev.sartor.model.ModelConfig;
import java.util.List;

/// Reads a model's sizes from its configuration, family by family. The counts agree with those that the models' authors
/// publish, to the last parameter.
final class ShapeReader {
    private final ModelConfig config;

    ShapeReader(ModelConfig config) {
        this.config = config;
    }

    ModelShape shape() {
        return switch (config.family()) {
            case "llama", "mistral", "smollm3", "phi3", "qwen2", "qwen3", "qwen3_moe" -> gated(2);
            case "gemma2", "gemma3_text" -> gated(4);
            case "gpt2" -> new GptShape(config).gpt2();
            case "gpt_neox" -> new GptShape(config).neox();
            case "t5" -> new T5Shape(config).shape();
            case "bert", "roberta", "xlm-roberta", "distilbert", "mpnet" ->
                    new EncoderShape(config).bert();
            case "modernbert" -> new EncoderShape(config).modernBert();
            default ->
                    throw config.unsupported(
                            "the sizes of the family '"
                                    + config.family()
                                    + "' are not known, so that its memory cannot be told beforehand");
        };
    }

    /// A decoder of grouped-query attention and gated feed-forward layers.
    private ModelShape gated(int norms) {
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
        boolean hasBiases =
                !config.family().equals("qwen2") && config.flag("attention_bias", false);
        long others =
                (long) norms * width
                        + attentionExtras(heads, groups, headWidth)
                        + (hasBiases ? (heads + 2L * groups) * headWidth + width : 0);
        int inner = activeInner();
        long queries = (long) heads * headWidth;
        long keys = (long) groups * headWidth;
        long turnedNorms =
                attentionExtras(heads, groups, headWidth) == 2L * headWidth ? queries + keys : 0;
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
                        java.util.stream.Stream.concat(attention.stream(), feedForward.stream())
                                .toList(),
                        others,
                        heads,
                        2 * keys,
                        kept,
                        2L * width + Math.max(2 * queries + 3 * keys, 4L * inner));
        boolean tied = config.flag("tie_word_embeddings", config.family().startsWith("gemma"));
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
        return switch (config.family()) {
            case "qwen2" -> (heads + 2L * groups) * headWidth;
            case "qwen3", "qwen3_moe", "gemma3_text" -> 2L * headWidth;
            default -> 0;
        };
    }
}
