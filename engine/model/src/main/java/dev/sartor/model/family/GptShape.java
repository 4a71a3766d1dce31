package dev.sartor.model.family;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.memory.BlockShape;
import dev.sartor.model.memory.LinearShape;
import dev.sartor.model.memory.ModelShape;
import java.util.List;

/// The sizes of decoders with biases and a plain feed-forward layer: GPT-2 and GPT-NeoX.
record GptShape(ModelConfig config) {
    /// Positions are looked up, and the head is the table.
    ModelShape learned() {
        int width = size("n_embd", "hidden_size");
        int positions = size("n_positions", "max_position_embeddings");
        int vocabulary = config.integer("vocab_size");
        int inner = config.integer("n_inner", 4 * width);
        var block = block(size("n_layer", "num_hidden_layers"), width, inner, heads("n_head"));
        return new ModelShape(
                config.family(),
                List.of(block),
                (long) (vocabulary + positions) * width + 2L * width,
                0,
                vocabulary,
                positions);
    }

    /// Not tied; positions are rotations.
    ModelShape turned() {
        int width = config.integer("hidden_size");
        int vocabulary = config.integer("vocab_size");
        int inner = config.integer("intermediate_size", 4 * width);
        var block = block(config.integer("num_hidden_layers"), width, inner, heads("n_head"));
        return new ModelShape(
                config.family(),
                List.of(block),
                (long) vocabulary * width + 2L * width,
                config.flag("tie_word_embeddings", false) ? 0 : (long) vocabulary * width,
                vocabulary,
                config.integer("max_position_embeddings"));
    }

    private int size(String ofGpt2, String usual) {
        return config.has(ofGpt2) ? config.integer(ofGpt2) : config.integer(usual);
    }

    private int heads(String ofGpt2) {
        return size(ofGpt2, "num_attention_heads");
    }

    private static BlockShape block(int layers, int width, int inner, int heads) {
        long biases = 4L * width + inner + width;
        long norms = 4L * width;
        return new BlockShape(
                layers,
                List.of(
                        LinearShape.of(width, 3 * width),
                        LinearShape.of(width, width),
                        LinearShape.of(width, inner),
                        LinearShape.of(inner, width)),
                biases + norms,
                heads,
                2L * width,
                new BlockShape.Kept(5L * width + 2L * inner, 0, 0, width, width, 2L * inner),
                2L * width + Math.max(5L * width, 2L * inner));
    }
}
