package dev.sartor.model.family.encoder;

import dev.sartor.model.Embedding;
import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.kind.ClassHeadPlace;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.ClassHead;
import dev.sartor.model.layer.EncoderHeads;
import dev.sartor.model.layer.WordHead;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// DistilBERT: BERT's layers without segments or pooler (Sanh et al. 2019; transformers' modeling_distilbert.py).
public final class DistilBertFamily implements EncoderFamily {
    /// Written into the model's code, whatever config.json says.
    private static final double EPSILON = 1e-12;

    private static final Map<String, String> NAMES =
            Map.of(
                    "attention.self.query", "attention.q_lin",
                    "attention.self.key", "attention.k_lin",
                    "attention.self.value", "attention.v_lin",
                    "attention.output.dense", "attention.out_lin",
                    "attention.output.LayerNorm", "sa_layer_norm",
                    "intermediate.dense", "ffn.lin1",
                    "output.dense", "ffn.lin2",
                    "output.LayerNorm", "output_layer_norm");

    /// The settings' names in BERT.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "dim", "hidden_size",
                    "hidden_dim", "intermediate_size",
                    "n_heads", "num_attention_heads",
                    "n_layers", "num_hidden_layers",
                    "activation", "hidden_act");

    @Override
    public String name() {
        return "distilbert";
    }

    @Override
    public String classes() {
        return "DistilBert";
    }

    @Override
    public NetworkNames names() {
        return NetworkNames.none();
    }

    @Override
    public ClassHeadPlace classHead() {
        return new ClassHeadPlace(
                "distilbert.",
                "dim",
                ClassHeadPlace.Inner.of("pre_classifier", true),
                "classifier",
                List.of("vocab_"),
                List.of("pre_classifier", "classifier"));
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return new BertShape(config, 0, false, 0, 0).shape();
    }

    /// Positions on sine waves are stored as a table, too.
    @Override
    public Encoder build(ModelConfig given, Weights stored, DType type) {
        EncoderSettings.refuseUnsupported(given);
        var config = given.renamed(SETTINGS);
        var parts = BertParts.of(config, stored, type, "distilbert.", EPSILON);
        var embeddings = parts.embeddings(30522, OptionalInt.empty(), OptionalInt.empty());
        return parts.encoder(
                names(),
                embeddings,
                Optional.empty(),
                parts.blocks("transformer.layer.", 6, NAMES),
                heads(parts, embeddings.words()));
    }

    private static EncoderHeads heads(BertParts parts, Embedding words) {
        var weights = parts.weights();
        var config = parts.config();
        int width = parts.width();
        if (weights.has("vocab_transform.weight")) {
            return EncoderHeads.of(
                    new WordHead(
                            weights.linear("vocab_transform", width, width),
                            parts.activation(),
                            parts.norm("vocab_layer_norm"),
                            WordHead.words(
                                    config,
                                    weights,
                                    words,
                                    "vocab_projector",
                                    "vocab_projector.bias")));
        }
        if (weights.has("pre_classifier.weight") && EncoderSettings.classifiesTexts(config)) {
            return EncoderHeads.of(
                    ClassHead.ofFirstToken(
                            weights.linear("pre_classifier", width, width),
                            Activation.RELU,
                            weights.linear("classifier", width, Labels.of(config).names().size())));
        }
        return EncoderSettings.ofTokens(config, weights, width).orElseGet(EncoderHeads::none);
    }
}
