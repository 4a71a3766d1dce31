package dev.sartor.model.family.encoder;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.RelativePositions;
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

/// MPNet: BERT's layers with RoBERTa's positions, and what the distance of two tokens adds to their score (Song et al.
/// 2020; transformers' modeling_mpnet.py).
public final class MpnetFamily implements EncoderFamily {
    /// Written into the model's code, whatever config.json says.
    private static final int PADDING = 1;

    private static final RelativePositions.Buckets BUCKETS =
            new RelativePositions.Buckets(32, 128, true);

    private static final Map<String, String> NAMES =
            Map.of(
                    "attention.self.query", "attention.attn.q",
                    "attention.self.key", "attention.attn.k",
                    "attention.self.value", "attention.attn.v",
                    "attention.output.dense", "attention.attn.o",
                    "attention.output.LayerNorm", "attention.LayerNorm");

    /// Of the table of positions.
    private static final int PADDED_POSITIONS = 2;

    @Override
    public String name() {
        return "mpnet";
    }

    @Override
    public String classes() {
        return "MPNet";
    }

    @Override
    public NetworkNames names() {
        return NetworkNames.ofHead("lm_head");
    }

    @Override
    public ClassHeadPlace classHead() {
        return RobertaHeads.place("mpnet.");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return new BertShape(
                        config,
                        0,
                        true,
                        config.integer("relative_attention_num_buckets", BUCKETS.count()),
                        PADDED_POSITIONS)
                .shape();
    }

    @Override
    public Encoder build(ModelConfig config, Weights stored, DType type) {
        double epsilon = config.number("layer_norm_eps", 1e-12);
        var parts = BertParts.of(config, stored, type, "mpnet.", epsilon);
        var embeddings = parts.embeddings(30527, OptionalInt.empty(), OptionalInt.of(PADDING));
        return parts.encoder(
                names(),
                embeddings,
                Optional.of(bias(parts)),
                parts.blocks("encoder.layer.", 12, NAMES),
                RobertaHeads.of(config, parts.weights(), embeddings.words(), epsilon));
    }

    private static RelativePositions bias(BertParts parts) {
        int buckets = parts.config().integer("relative_attention_num_buckets", BUCKETS.count());
        if (buckets != BUCKETS.count()) {
            throw parts.config()
                    .unsupported(
                            "relative_attention_num_buckets must be "
                                    + BUCKETS.count()
                                    + ", which is all that MPNet computes with, got "
                                    + buckets);
        }
        var table =
                parts.weights()
                        .tensor(
                                parts.prefix() + "encoder.relative_attention_bias.weight",
                                buckets,
                                parts.heads());
        return RelativePositions.of(parts.config(), table, BUCKETS);
    }
}
