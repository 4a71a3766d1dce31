package dev.sartor.model.family.encoder;

import dev.sartor.model.Embedding;
import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.ClassHeadPlace;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.ClassHead;
import dev.sartor.model.layer.EncoderHeads;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.layer.WordHead;
import java.util.List;

/// The heads of RoBERTa, which MPNet has, too (transformers' modeling_roberta.py).
final class RobertaHeads {
    private RobertaHeads() {}

    /// @param network what the encoder's names begin with under a head
    static ClassHeadPlace place(String network) {
        return new ClassHeadPlace(
                network,
                "hidden_size",
                ClassHeadPlace.Inner.of("classifier.dense", true),
                "classifier.out_proj",
                List.of("lm_head."),
                List.of("classifier"));
    }

    /// Whichever is stored.
    static EncoderHeads of(
            ModelConfig config, WeightLoader weights, Embedding words, double epsilon) {
        int width = (int) words.table().width();
        if (weights.has("lm_head.dense.weight")) {
            return EncoderHeads.of(
                    new WordHead(
                            weights.linear("lm_head.dense", width, width),
                            Activation.GELU,
                            LayerNorm.of(weights, "lm_head.layer_norm", width, epsilon),
                            WordHead.words(
                                    config, weights, words, "lm_head.decoder", "lm_head.bias")));
        }
        if (weights.has("classifier.dense.weight") && EncoderSettings.classifiesTexts(config)) {
            int classes = Labels.of(config).names().size();
            return EncoderHeads.of(
                    ClassHead.ofFirstToken(
                            weights.linear("classifier.dense", width, width),
                            Activation.TANH,
                            weights.linear("classifier.out_proj", width, classes)));
        }
        return EncoderSettings.ofTokens(config, weights, width).orElseGet(EncoderHeads::none);
    }
}
