package dev.sartor.tune;

import dev.sartor.model.Encoder;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.PassSize;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.List;

/// Whether a pair's second text answers its first, told by an encoder's only output: the binary cross-entropy of its
/// sigmoid (sentence-transformers' BinaryCrossEntropyLoss, torch's BCEWithLogitsLoss). A row's label is 1 for yes and 0 for
/// no.
final class RelevanceObjective implements Objective<LabelledRow> {
    private final Encoder encoder;
    private final Trainable trained;
    private final ClassObjective rows;

    RelevanceObjective(Encoder encoder, Trainable trained) {
        this.encoder = encoder;
        this.trained = trained;
        this.rows = new ClassObjective(encoder, trained);
    }

    @Override
    public int tokens(LabelledRow row) {
        return rows.tokens(row);
    }

    @Override
    public String content(LabelledRow row) {
        return rows.content(row);
    }

    @Override
    public long targets(List<LabelledRow> some) {
        return rows.targets(some);
    }

    @Override
    public List<PassSize> sizes(List<LabelledRow> some) {
        return rows.sizes(some);
    }

    @Override
    public double backward(List<LabelledRow> some, long all) {
        var pass =
                EncoderPass.ofPairsInFewShapes(
                        some.stream().map(LabelledRow::ids).toList(),
                        some.stream().map(LabelledRow::types).toList(),
                        encoder.type());
        Tensor logits;
        try (var _ = Gradients.recorded()) {
            logits = encoder.classes(pass, trained.adapters());
        }
        var outputs = logits.detached().to(DType.F32).toFloats();
        var gradient = new float[some.size()];
        double loss = 0;
        for (int i = 0; i < gradient.length; i++) {
            double output = outputs[i];
            int label = some.get(i).label();
            loss += softplus(output) - label * output;
            gradient[i] = (float) ((1 / (1 + Math.exp(-output)) - label) / all);
        }
        Gradients.flow(logits, Tensors.of(gradient, gradient.length, 1).to(logits.type()));
        return loss;
    }

    /// log(1 + eˣ), which does not overflow.
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
