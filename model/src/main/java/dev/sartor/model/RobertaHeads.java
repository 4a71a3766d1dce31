package dev.sartor.model;

/// The heads of RoBERTa, which MPNet has, too (transformers' modeling_roberta.py).
final class RobertaHeads {
    private RobertaHeads() {}

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
        return EncoderHeads.none();
    }
}
