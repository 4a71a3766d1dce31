package dev.sartor.model.family.encoder;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.memory.BlockShape;
import dev.sartor.model.memory.LinearShape;
import dev.sartor.model.memory.ModelShape;
import java.util.List;

/// The sizes of BERT and its relatives.
///
/// @param segments rows of their table; 0 in a family without
/// @param pools whether a last layer over the first token belongs to the encoder
/// @param buckets distances of two tokens that add to their score; 0 in a family without
/// @param padding positions that stand for padding
record BertShape(ModelConfig config, int segments, boolean pools, int buckets, int padding) {
    ModelShape shape() {
        int width = size("hidden_size", "dim");
        int inner = size("intermediate_size", "hidden_dim");
        int heads = size("num_attention_heads", "n_heads");
        int positions = config.integer("max_position_embeddings");
        int layers = size("num_hidden_layers", "n_layers");
        long tables = config.integer("vocab_size") + (long) positions + segments;
        long outside = 2L * width + (pools ? (width + 1L) * width : 0);
        long bias = (long) heads * buckets;
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
        return new ModelShape(
                config.family(),
                List.of(block),
                tables * width + outside + bias,
                0,
                0,
                positions - padding);
    }

    private int size(String usual, String ofDistilBert) {
        return config.has(usual) ? config.integer(usual) : config.integer(ofDistilBert);
    }
}
