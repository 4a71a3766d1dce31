package dev.sartor.tune;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019; β 0.9 and 0.999, ε 1e-8 as torch.optim.AdamW), over one
/// flat array of parameters in F32. For the engine's thread.
final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final TensorScope owner = TensorScope.owner();
    private final double weightDecay;
    private final Tensor mean;
    private final Tensor square;
    private int steps;

    /// @param parameters how many there are
    AdamW(long parameters, double weightDecay) {
        this.weightDecay = weightDecay;
        this.mean = owner.adopt(Tensors.zeros(DType.F32, parameters));
        this.square = owner.adopt(Tensors.zeros(DType.F32, parameters));
    }

    /// Changes the parameters against the gradient, of the same shape and in F32.
    void step(Tensor parameters, Tensor gradient, double rate) {
        steps++;
        try (var _ = TensorScope.open()) {
            mean.multiply(BETA1).add(gradient, 1 - BETA1);
            square.multiply(BETA2).addProduct(gradient, gradient, 1 - BETA2);
            if (weightDecay > 0) {
                parameters.multiply(1 - rate * weightDecay);
            }
            var spread = square.sqrt().multiply(1 / Math.sqrt(1 - Math.pow(BETA2, steps)));
            parameters.addQuotient(
                    mean, spread.plus(EPSILON), -rate / (1 - Math.pow(BETA1, steps)));
        }
    }

    /// Mean of gradients, as a checkpoint keeps it.
    Tensor mean() {
        return mean;
    }

    /// Mean of squared gradients, as a checkpoint keeps it.
    Tensor square() {
        return square;
    }

    void resumeAt(int step) {
        steps = step;
    }

    @Override
    public void close() {
        dev.sartor.tensor.Engine.run(owner::close);
    }
}
