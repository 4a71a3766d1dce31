package dev.sartor.model.family.encoder;

import dev.sartor.model.Embedding;
import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.ClassHead;
import dev.sartor.model.layer.EncoderHeads;
import dev.sartor.model.layer.WordHead;
import dev.sartor.model.network.Encoder;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// BERT and what is built like it, MiniLM among them (Devlin et al. 2018; transformers' modeling_bert.py).
final class BertFamily {
    private BertFamily() {}

    static Encoder build(ModelConfig config, Weights stored, DType type) {
        EncoderSettings.refuseUnsupported(config);
        double epsilon = config.number("layer_norm_eps", 1e-12);
        var parts = BertParts.of(config, stored, type, "bert.", epsilon);
        var embeddings = parts.embeddings(30522, OptionalInt.of(2), OptionalInt.empty());
        return parts.encoder(
                embeddings,
                Optional.empty(),
                parts.blocks("encoder.layer.", 12, Map.of()),
                heads(parts, embeddings.words()));
    }

    private static EncoderHeads heads(BertParts parts, Embedding words) {
        var weights = parts.weights();
        var config = parts.config();
        int width = parts.width();
        var path = "cls.predictions.";
        if (weights.has(path + "transform.dense.weight")) {
            return EncoderHeads.of(
                    new WordHead(
                            weights.linear(path + "transform.dense", width, width),
                            parts.activation(),
                            parts.norm(path + "transform.LayerNorm"),
                            WordHead.words(
                                    config, weights, words, path + "decoder", path + "bias")));
        }
        if (weights.has("classifier.weight") && EncoderSettings.classifiesTexts(config)) {
            return EncoderHeads.of(
                    ClassHead.ofFirstToken(
                            weights.linear(parts.prefix() + "pooler.dense", width, width),
                            Activation.TANH,
                            weights.linear("classifier", width, Labels.of(config).names().size())));
        }
        return EncoderHeads.none();
    }
}
