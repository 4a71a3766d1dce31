package dev.sartor.model.family.encoder;

import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.layer.EncoderHeads;
import java.util.List;
import java.util.Optional;

/// What the families of encoders ask of a configuration alike.
public final class EncoderSettings {
    private EncoderSettings() {}

    /// Refuses what a family's weights may say but nobody here computes.
    static void refuseUnsupported(ModelConfig config) {
        for (var key : List.of("is_decoder", "add_cross_attention")) {
            if (config.flag(key, false)) {
                throw config.unsupported(
                        key + " must be false, got true: an encoder sees the whole text");
            }
        }
        if (config.has("position_embedding_type")
                && !config.text("position_embedding_type").equals("absolute")) {
            throw config.unsupported(
                    "position_embedding_type must be absolute, got "
                            + config.text("position_embedding_type")
                            + ": choose another model");
        }
    }

    /// @param key the family's name for the number of heads
    static int heads(ModelConfig config, String key, int width, int otherwise) {
        int heads = config.integer(key, otherwise);
        if (heads < 1 || width % heads != 0) {
            throw config.unsupported(key + " must divide the width (" + width + "), got " + heads);
        }
        return heads;
    }

    /// Whether the weights belong to a model that tells classes of whole texts: one that marks tokens has layers of the
    /// same names.
    public static boolean classifiesTexts(ModelConfig config) {
        return config.architecture().map(a -> a.endsWith("ForSequenceClassification")).orElse(true);
    }

    /// The head of a model that marks tokens, where the weights belong to such: a single layer on each token's state
    /// (transformers' …ForTokenClassification of BERT, DistilBERT, RoBERTa and MPNet).
    static Optional<EncoderHeads> ofTokens(ModelConfig config, WeightLoader weights, int width) {
        boolean marksTokens =
                config.architecture().map(a -> a.endsWith("ForTokenClassification")).orElse(false);
        return marksTokens && weights.has("classifier.weight")
                ? Optional.of(
                        EncoderHeads.ofTokens(
                                weights.linear(
                                        "classifier", width, Labels.of(config).names().size())))
                : Optional.empty();
    }
}
