package dev.sartor.tune.optimiser;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.Blockwise8Bit;
import dev.sartor.tune.TuneOptimiser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019; β 0.9 and 0.999, ε 1e-8 as torch.optim.AdamW). A step is
/// computed in F32, however its state is held between steps. For the engine's thread.
public final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /// Elements that are changed at once, so that what is computed in between stays small.
    private static final long CHUNK = (1L << 14) * Blockwise8Bit.BLOCK;

    private final TensorScope owner = TensorScope.owner();
    private final double weightDecay;
    private final List<Parameters> parameters;
    private final List<RunningMeans> states = new ArrayList<>();
    private int steps;

    public AdamW(List<Parameters> parameters, TuneOptimiser optimiser, double weightDecay) {
        this.weightDecay = weightDecay;
        this.parameters = List.copyOf(parameters);
        for (var each : parameters) {
            var means = RunningMeans.of(optimiser, each.count());
            means.tensors().forEach(owner::adopt);
            states.add(means);
        }
    }

    /// The Euclidean norm of all gradients.
    public double norm() {
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
    public void step(double factor, double rate) {
        steps++;
        for (int i = 0; i < states.size(); i++) {
            var each = parameters.get(i);
            var state = states.get(i);
            for (long from = 0; from < each.count(); from += CHUNK) {
                long length = Math.min(CHUNK, each.count() - from);
                try (var _ = TensorScope.open()) {
                    var means = state.open(from, length);
                    step(each.slice(from, length), means, factor, rate);
                    state.keep(means, from);
                }
            }
        }
    }

    private void step(Parameters chunk, RunningMeans.Chunk state, double factor, double rate) {
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
    public List<Tensor> state() {
        return Stream.concat(
                        states.stream().flatMap(each -> each.means().stream()),
                        states.stream().flatMap(each -> each.squares().stream()))
                .toList();
    }

    public void resumeAt(int step) {
        steps = step;
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
