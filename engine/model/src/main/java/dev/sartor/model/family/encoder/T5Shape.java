package dev.sartor.model.family.encoder;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.memory.BlockShape;
import dev.sartor.model.memory.LinearShape;
import dev.sartor.model.memory.ModelShape;
import java.util.List;

/// The sizes of T5: an encoder's blocks, and a decoder's that look at the encoder's output too.
record T5Shape(ModelConfig config) {
    private static final int TRAINED_LENGTH = 512;

    ModelShape shape() {
        int width = config.integer("d_model");
        int heads = config.integer("num_heads");
        int layers = config.integer("num_layers");
        int decoders = config.integer("num_decoder_layers", layers);
        int vocabulary = config.integer("vocab_size");
        long table = (long) vocabulary * width;
        long biases = 2L * heads * config.integer("relative_attention_num_buckets", 32);
        return new ModelShape(
                config.family(),
                List.of(block(layers, 1), block(decoders, 2)),
                table + 2L * width + biases,
                config.flag("tie_word_embeddings", true) ? 0 : table,
                vocabulary,
                config.integer("n_positions", TRAINED_LENGTH));
    }

    /// @param attentions 1 for the encoder, 2 for the decoder
    private BlockShape block(int count, int attentions) {
        int width = config.integer("d_model");
        int heads = config.integer("num_heads");
        int inside = heads * config.integer("d_kv");
        int inner = config.integer("d_ff");
        boolean gated =
                config.has("feed_forward_proj")
                        && config.text("feed_forward_proj").startsWith("gated");
        return new BlockShape(
                count,
                List.of(
                        new LinearShape(width, inside, 3 * attentions),
                        new LinearShape(inside, width, attentions),
                        new LinearShape(width, inner, gated ? 2 : 1),
                        LinearShape.of(inner, width)),
                (attentions + 1L) * width,
                heads,
                attentions == 2 ? 4L * inside : 0,
                new BlockShape.Kept(
                        (attentions + 1L) * width
                                + (long) attentions * inside
                                + (gated ? 4L : 2L) * inner,
                        (attentions + 1L) * width,
                        0,
                        (long) attentions * inside,
                        inside,
                        (gated ? 3L : 2L) * inner),
                2L * width + Math.max(5L * inside, 4L * inner));
    }
}
