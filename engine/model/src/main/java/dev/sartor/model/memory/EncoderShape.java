package dev.sartor.model.memory;

import dev.sartor.model.ModelConfig;
import java.util.List;

/// The sizes of encoders: BERT and its relatives, ModernBERT.
record EncoderShape(ModelConfig config) {
    private static final int RELATIVE_BUCKETS = 32;

    ModelShape bert() {
        int width = size("hidden_size", "dim");
        int inner = size("intermediate_size", "hidden_dim");
        int heads = size("num_attention_heads", "n_heads");
        int positions = config.integer("max_position_embeddings");
        int layers = size("num_hidden_layers", "n_layers");
        var family = config.family();
        boolean pools = !family.equals("distilbert");
        long tables = config.integer("vocab_size") + (long) positions + segments(family);
        long outside = 2L * width + (pools ? (width + 1L) * width : 0);
        long bias =
                family.equals("mpnet")
                        ? (long) heads
                                * config.integer("relative_attention_num_buckets", RELATIVE_BUCKETS)
                        : 0;
        var block =
                new BlockShape(
                        layers,
                        List.of(
                                new LinearShape(width, width, 4),
                                LinearShape.of(width, inner),
                                LinearShape.of(inner, width)),
                        4L * width + inner + width + 4L * width,
                        heads,
                        0,
                        new BlockShape.Kept(
                                5L * width + 2L * inner, 0, 0, width, width, 2L * inner),
                        2L * width + Math.max(5L * width, 2L * inner));
        // The first positions of RoBERTa and MPNet stand for padding.
        boolean shifts = List.of("roberta", "xlm-roberta", "mpnet").contains(family);
        return new ModelShape(
                family,
                List.of(block),
                tables * width + outside + bias,
                0,
                0,
                shifts ? positions - 2 : positions);
    }

    private int segments(String family) {
        return switch (family) {
            case "distilbert", "mpnet" -> 0;
            case "bert" -> config.integer("type_vocab_size", 2);
            default -> config.integer("type_vocab_size", 1);
        };
    }

    /// Gated feed-forward layers, norms before, no biases; the first block has no norm of its own before its attention.
    ModelShape modernBert() {
        int width = config.integer("hidden_size");
        int inner = config.integer("intermediate_size");
        var block =
                new BlockShape(
                        config.integer("num_hidden_layers"),
                        List.of(
                                LinearShape.of(width, 3 * width),
                                LinearShape.of(width, width),
                                LinearShape.of(width, 2 * inner),
                                LinearShape.of(inner, width)),
                        2L * width,
                        config.integer("num_attention_heads"),
                        0,
                        new BlockShape.Kept(
                                5L * width + 4L * inner, 0, 0, width, width, 3L * inner),
                        2L * width + Math.max(5L * width, 4L * inner));
        return new ModelShape(
                config.family(),
                List.of(block),
                (long) config.integer("vocab_size") * width + width,
                0,
                0,
                config.integer("max_position_embeddings"));
    }

    private int size(String usual, String ofDistilBert) {
        return config.has(usual) ? config.integer(usual) : config.integer(ofDistilBert);
    }
}
