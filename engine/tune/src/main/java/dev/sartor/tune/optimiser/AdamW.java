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
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019; β 0.9 and 0.999, ε 1e-8 as torch.optim.AdamW). A step is
/// computed in F32, however its state is held between steps. Several ranks hold a part of the state each. For the engine's thread.
public final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /// Elements that are changed at once, so that what is computed in between stays small.
    static final long CHUNK = (1L << 14) * Blockwise8Bit.BLOCK;

    private final TensorScope owner = TensorScope.owner();
    private final double weightDecay;
    private final TuneOptimiser optimiser;
    private final List<Parameters> parameters;
    private final Peers peers;
    private final List<RunningMeans> states = new ArrayList<>();
    private int steps;

    public AdamW(
            List<Parameters> parameters, TuneOptimiser optimiser, double weightDecay, Peers peers) {
        this.weightDecay = weightDecay;
        this.optimiser = optimiser;
        this.parameters = List.copyOf(parameters);
        this.peers = peers;
        for (var each : parameters) {
            var means = RunningMeans.of(optimiser, each.count(), to(each) - from(each));
            means.tensors().forEach(owner::adopt);
            states.add(means);
        }
    }

    private long from(Parameters each) {
        return peers.from(each.count(), peers.rank());
    }

    private long to(Parameters each) {
        return peers.from(each.count(), peers.rank() + 1);
    }

    /// The Euclidean norm of all gradients.
    public double norm() {
        return GradientNorm.of(parameters);
    }

    /// Changes the parameters against their gradients.
    ///
    /// @param factor that gradients are multiplied by first
    public void step(double factor, double rate) {
        steps++;
        for (int i = 0; i < states.size(); i++) {
            var each = parameters.get(i);
            var state = states.get(i);
            long begin = from(each);
            long end = to(each);
            for (long from = begin; from < end; from += CHUNK) {
                long length = Math.min(CHUNK, end - from);
                try (var _ = TensorScope.open()) {
                    var means = state.open(from - begin, length);
                    step(each.slice(from, length), means, factor, rate);
                    state.keep(means, from - begin);
                }
            }
        }
        if (!peers.areNone()) {
            parameters.forEach(this::share);
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
        if (peers.areNone() && !chunk.isOne()) {
            chunk.working().copyFrom(chunk.master());
        }
    }

    /// Each rank's part, as it changed it, to all.
    private void share(Parameters each) {
        try (var _ = TensorScope.open()) {
            for (int rank = 0; rank < peers.count(); rank++) {
                long from = peers.from(each.count(), rank);
                long length = peers.from(each.count(), rank + 1) - from;
                if (length > 0) {
                    peers.broadcast(each.master().slice(0, from, length), rank);
                }
            }
            if (!each.isOne()) {
                each.working().copyFrom(each.master());
            }
        }
    }

    /// Running means of gradients, then those of squares, of all ranks together, as a checkpoint keeps them. Where there are several,
    /// it is rank 0 that asks, and what it gets belongs to the current scope.
    public List<Tensor> state() {
        if (peers.areNone()) {
            return state(states);
        }
        peers.collect();
        var whole = blank();
        eachPart(
                whole,
                (part, rank) -> {
                    if (rank > 0) {
                        peers.receive(part, rank);
                    }
                });
        eachOwn(whole, Tensor::copyFrom);
        return whole;
    }

    /// As large as what {@link #state} gives, to be filled and given to {@link #resume}: the very same where there is one rank.
    public List<Tensor> room() {
        return peers.areNone() ? state(states) : blank();
    }

    private static List<Tensor> state(List<RunningMeans> states) {
        return Stream.concat(
                        states.stream().flatMap(each -> each.means().stream()),
                        states.stream().flatMap(each -> each.squares().stream()))
                .toList();
    }

    private List<Tensor> blank() {
        return state(
                parameters.stream()
                        .map(each -> RunningMeans.of(optimiser, each.count(), each.count()))
                        .toList());
    }

    /// Goes on from a state, and has the other ranks do so with these parameters.
    ///
    /// @param whole of all ranks, from {@link #room}
    /// @param taken steps
    public void resume(List<Tensor> whole, int taken) {
        steps = taken;
        if (peers.areNone()) {
            return;
        }
        peers.spread(taken);
        parameters.forEach(each -> peers.broadcast(each.master(), 0));
        eachOwn(whole, (part, own) -> own.copyFrom(part));
        eachPart(
                whole,
                (part, rank) -> {
                    if (rank > 0) {
                        peers.send(part, rank);
                    }
                });
    }

    /// The part of another rank than the first, when that one asks.
    public void sendState() {
        state(states).stream()
                .filter(each -> each.count() > 0)
                .forEach(each -> peers.send(each, 0));
    }

    /// The parameters, and the part of another rank than the first.
    public void receiveState(int taken) {
        steps = taken;
        parameters.forEach(each -> peers.broadcast(each.master(), 0));
        state(states).stream()
                .filter(each -> each.count() > 0)
                .forEach(each -> peers.receive(each, 0));
    }

    /// Each rank's part of each of these arrays.
    private void eachPart(List<Tensor> whole, BiConsumer<Tensor, Integer> use) {
        var lengths = lengths();
        for (int i = 0; i < whole.size(); i++) {
            for (int rank = 0; rank < peers.count(); rank++) {
                try (var _ = TensorScope.open()) {
                    var part = part(whole.get(i), lengths.get(i), rank);
                    if (part.count() > 0) {
                        use.accept(part, rank);
                    }
                }
            }
        }
    }

    /// @param use takes this rank's part of a whole array, and what it holds of it
    private void eachOwn(List<Tensor> whole, BiConsumer<Tensor, Tensor> use) {
        var lengths = lengths();
        var own = state(states);
        for (int i = 0; i < whole.size(); i++) {
            try (var _ = TensorScope.open()) {
                if (own.get(i).count() > 0) {
                    use.accept(part(whole.get(i), lengths.get(i), peers.rank()), own.get(i));
                }
            }
        }
    }

    /// Of a whole array that tells of so many parameters, a number for each or one for each block.
    private Tensor part(Tensor whole, long length, int rank) {
        long unit = whole.count() == length ? 1 : Blockwise8Bit.BLOCK;
        long from = Math.ceilDiv(peers.from(length, rank), unit);
        return whole.slice(0, from, Math.ceilDiv(peers.from(length, rank + 1), unit) - from);
    }

    /// Of the parameters that each array of the state tells of.
    private List<Long> lengths() {
        var lengths = new ArrayList<Long>();
        for (int i = 0; i < states.size(); i++) {
            for (int j = 0; j < states.get(i).means().size(); j++) {
                lengths.add(parameters.get(i).count());
            }
        }
        lengths.addAll(List.copyOf(lengths));
        return lengths;
    }

    /// Bytes of the state that this rank holds.
    long stateBytes() {
        return state(states).stream().mapToLong(each -> each.count() * each.type().bytes()).sum();
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
