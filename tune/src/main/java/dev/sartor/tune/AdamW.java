package dev.sartor.tune;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019; β 0.9 and 0.999, ε 1e-8 as torch.optim.AdamW). Its state is
/// in F32. For the engine's thread.
final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /// Elements that are changed at once, so that what is computed in between stays small.
    private static final long CHUNK = 1L << 22;

    private final TensorScope owner = TensorScope.owner();
    private final double weightDecay;
    private final List<Parameters> parameters;
    private final List<State> states = new ArrayList<>();
    private int steps;

    /// Running means of gradients and of their squares.
    private record State(Tensor mean, Tensor square) {}

    AdamW(List<Parameters> parameters, double weightDecay) {
        this.weightDecay = weightDecay;
        this.parameters = List.copyOf(parameters);
        for (var each : parameters) {
            states.add(
                    new State(
                            owner.adopt(Tensors.zeros(DType.F32, each.count())),
                            owner.adopt(Tensors.zeros(DType.F32, each.count()))));
        }
    }

    /// The Euclidean norm of all gradients.
    double norm() {
        double sum = 0;
        for (var each : parameters) {
            for (long from = 0; from < each.count(); from += CHUNK) {
                try (var _ = TensorScope.open()) {
                    long length = Math.min(CHUNK, each.count() - from);
                    double norm =
                            each.gradient().slice(0, from, length).to(DType.F32).norm().item();
                    sum += norm * norm;
                }
            }
        }
        return Math.sqrt(sum);
    }

    /// Changes the parameters against their gradients.
    ///
    /// @param factor that gradients are multiplied by first
    void step(double factor, double rate) {
        steps++;
        for (int i = 0; i < states.size(); i++) {
            var each = parameters.get(i);
            var state = states.get(i);
            for (long from = 0; from < each.count(); from += CHUNK) {
                long length = Math.min(CHUNK, each.count() - from);
                try (var _ = TensorScope.open()) {
                    var chunk =
                            new State(
                                    state.mean().slice(0, from, length),
                                    state.square().slice(0, from, length));
                    step(each.slice(from, length), chunk, factor, rate);
                }
            }
        }
    }

    private void step(Parameters chunk, State state, double factor, double rate) {
        var gradient = chunk.gradient().to(DType.F32);
        if (factor != 1) {
            gradient = gradient.times(factor);
        }
        state.mean().multiply(BETA1).add(gradient, 1 - BETA1);
        state.square().multiply(BETA2).addProduct(gradient, gradient, 1 - BETA2);
        if (chunk.decays() && weightDecay > 0) {
            chunk.master().multiply(1 - rate * weightDecay);
        }
        var spread = state.square().sqrt().multiply(1 / Math.sqrt(1 - Math.pow(BETA2, steps)));
        chunk.master()
                .addQuotient(
                        state.mean(),
                        spread.add(Tensors.full(EPSILON, DType.F32, 1)),
                        -rate / (1 - Math.pow(BETA1, steps)));
        if (!chunk.isOne()) {
            chunk.working().copyFrom(chunk.master());
        }
    }

    /// Running means of gradients, then those of squares, as a checkpoint keeps them.
    List<Tensor> state() {
        var all = new ArrayList<>(states.stream().map(State::mean).toList());
        all.addAll(states.stream().map(State::square).toList());
        return all;
    }

    void resumeAt(int step) {
        steps = step;
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
