package dev.sartor.model.family.encoder;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.kind.ClassHeadPlace;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.model.memory.BlockShape;
import dev.sartor.model.memory.LinearShape;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.List;

/// ModernBERT (Warner et al. 2024; transformers' modeling_modernbert.py).
public final class ModernBertFamily implements EncoderFamily {
    @Override
    public String name() {
        return "modernbert";
    }

    @Override
    public String classes() {
        return "ModernBert";
    }

    @Override
    public NetworkNames names() {
        return NetworkNames.none();
    }

    @Override
    public ClassHeadPlace classHead() {
        return new ClassHeadPlace(
                "model.",
                "hidden_size",
                new ClassHeadPlace.Inner("head.dense", false, false, List.of("head.norm")),
                "classifier",
                List.of("decoder."),
                List.of("classifier"));
    }

    @Override
    public Encoder build(ModelConfig config, Weights stored, DType type) {
        return ModernBertParts.build(config, names(), stored, type);
    }

    /// Gated feed-forward layers, norms before, no biases; the first block has no norm of its own before its attention.
    @Override
    public ModelShape shape(ModelConfig config) {
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
}
