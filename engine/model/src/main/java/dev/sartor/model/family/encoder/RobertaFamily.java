package dev.sartor.model.family.encoder;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.kind.ClassHeadPlace;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// RoBERTa and XLM-RoBERTa: BERT's layers, positions counted from behind the padding token's number, and other heads (Liu
/// et al. 2019; Conneau et al. 2020; transformers' modeling_roberta.py).
public final class RobertaFamily implements EncoderFamily {
    /// Of the table of positions.
    private static final int PADDED_POSITIONS = 2;

    private final String name;
    private final String classes;
    private final String[] targets;

    /// @param targets see {@link NetworkNames#targets}; none where PEFT knows none
    public RobertaFamily(String name, String classes, String... targets) {
        this.name = name;
        this.classes = classes;
        this.targets = targets;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String classes() {
        return classes;
    }

    @Override
    public NetworkNames names() {
        return targets.length == 0
                ? NetworkNames.ofHead("lm_head")
                : NetworkNames.ofHead("lm_head").targeting(targets);
    }

    @Override
    public ClassHeadPlace classHead() {
        return RobertaHeads.place("roberta.");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return new BertShape(
                        config, config.integer("type_vocab_size", 1), true, 0, PADDED_POSITIONS)
                .shape();
    }

    @Override
    public Encoder build(ModelConfig config, Weights stored, DType type) {
        EncoderSettings.refuseUnsupported(config);
        double epsilon = config.number("layer_norm_eps", 1e-12);
        var parts = BertParts.of(config, stored, type, "roberta.", epsilon);
        var padding = OptionalInt.of(config.integer("pad_token_id", 1));
        var embeddings = parts.embeddings(50265, OptionalInt.of(2), padding);
        return parts.encoder(
                names(),
                embeddings,
                Optional.empty(),
                parts.blocks("encoder.layer.", 12, Map.of()),
                RobertaHeads.of(config, parts.weights(), embeddings.words(), epsilon));
    }
}
