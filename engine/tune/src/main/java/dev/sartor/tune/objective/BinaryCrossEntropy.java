package dev.sartor.tune.objective;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;

/// The binary cross-entropy of a single output's sigmoid (sentence-transformers' BinaryCrossEntropyLoss, torch's
/// BCEWithLogitsLoss). A label is 1 for yes and 0 for no.
final class BinaryCrossEntropy {
    private BinaryCrossEntropy() {}

    /// The sum of the losses, in nats, and the gradient of that sum ÷ all.
    ///
    /// @param outputs [rows, 1]
    static CrossEntropy.Outcome of(Tensor outputs, int[] labels, long all) {
        var values = outputs.to(DType.F32).toFloats();
        var gradient = new float[labels.length];
        double loss = 0;
        for (int i = 0; i < gradient.length; i++) {
            double output = values[i];
            loss += softplus(output) - labels[i] * output;
            gradient[i] = (float) ((1 / (1 + Math.exp(-output)) - labels[i]) / all);
        }
        return new CrossEntropy.Outcome(
                loss, Tensors.of(gradient, gradient.length, 1).to(outputs.type()));
    }

    /// log(1 + eˣ), which does not overflow.
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
