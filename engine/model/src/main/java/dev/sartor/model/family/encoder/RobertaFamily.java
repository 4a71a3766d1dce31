package dev.sartor.model.family.encoder;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.network.Encoder;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// RoBERTa and XLM-RoBERTa: BERT's layers, positions counted from behind the padding token's number, and other heads (Liu
/// et al. 2019; Conneau et al. 2020; transformers' modeling_roberta.py).
final class RobertaFamily {
    private RobertaFamily() {}

    static Encoder build(ModelConfig config, Weights stored, DType type) {
        EncoderSettings.refuseUnsupported(config);
        double epsilon = config.number("layer_norm_eps", 1e-12);
        var parts = BertParts.of(config, stored, type, "roberta.", epsilon);
        var padding = OptionalInt.of(config.integer("pad_token_id", 1));
        var embeddings = parts.embeddings(50265, OptionalInt.of(2), padding);
        return parts.encoder(
                embeddings,
                Optional.empty(),
                parts.blocks("encoder.layer.", 12, Map.of()),
                RobertaHeads.of(config, parts.weights(), embeddings.words(), epsilon));
    }
}
