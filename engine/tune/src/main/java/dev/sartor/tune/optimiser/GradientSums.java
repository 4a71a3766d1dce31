package dev.sartor.tune.optimiser;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.kernel.Blockwise8Bit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The sums of one step's gradients over all ranks, by buckets from the last parameter to the first, as a backward pass completes
/// them (Li et al. 2020, "PyTorch Distributed"). Their order is the parameters' alone, so that it is the same at all ranks whatever
/// each computes; when a bucket's sum begins is each rank's own affair. For the engine's thread.
public final class GradientSums implements AutoCloseable {
    /// Values of a bucket at most: 1 MiB in F32.
    private static final long MOST = 1L << 18;

    /// Buckets of few parameters: what no backward pass hides is the last one.
    private static final int USUAL_COUNT = 16;

    /// Sums under way at most, each of which may hold a copy in F32.
    static final int UNDER_WAY = 8;

    private final Peers peers;
    private final List<Bucket> buckets = new ArrayList<>();
    private final Deque<Begun> begun = new ArrayDeque<>();
    private final TensorScope owner = TensorScope.owner();
    private int next;

    /// @param place of its first value in all parameters
    private record Bucket(Parameters parameters, long from, long length, long place) {
        Tensor gradient() {
            return parameters.gradient().slice(0, from, length);
        }
    }

    /// @param values what is added up: the gradient itself where that is F32
    private record Begun(Tensor gradient, Tensor values, Peers.Sum sum) {}

    /// @param parameters whose gradients are added up, where there are several ranks
    public GradientSums(List<Parameters> parameters, Peers peers) {
        this.peers = peers;
        if (!peers.areNone()) {
            divide(parameters);
        }
    }

    private void divide(List<Parameters> parameters) {
        long place = parameters.stream().mapToLong(Parameters::count).sum();
        long most = most(place);
        for (var each : parameters.reversed()) {
            place -= each.count();
            for (long i = Math.ceilDiv(each.count(), most) - 1; i >= 0; i--) {
                long from = i * most;
                buckets.add(
                        new Bucket(each, from, Math.min(most, each.count() - from), place + from));
            }
        }
    }

    /// Values of a bucket of so many parameters.
    private static long most(long count) {
        long blocks = Math.ceilDiv(count, (long) USUAL_COUNT * Blockwise8Bit.BLOCK);
        return Math.min(MOST, blocks * Blockwise8Bit.BLOCK);
    }

    /// Begins the sums of buckets whose gradients are complete here.
    ///
    /// @param place in all parameters from which on they are
    public void completeFrom(long place) {
        while (next < buckets.size() && buckets.get(next).place() >= place) {
            if (begun.size() == UNDER_WAY) {
                finishOldest();
            }
            begin(buckets.get(next));
            next++;
        }
    }

    private void begin(Bucket bucket) {
        try (var _ = TensorScope.openFor(owner)) {
            var gradient = bucket.gradient();
            var values = gradient.type() == DType.F32 ? gradient : gradient.to(DType.F32);
            begun.add(new Begun(gradient, values, peers.beginSum(values)));
        }
    }

    private void finishOldest() {
        var oldest = begun.removeFirst();
        try (var sum = oldest.sum()) {
            sum.await();
        }
        if (oldest.values() != oldest.gradient()) {
            oldest.gradient().copyFrom(oldest.values());
            oldest.values().free();
        }
    }

    /// Waits until all gradients are sums.
    public void finish() {
        completeFrom(0);
        while (!begun.isEmpty()) {
            finishOldest();
        }
    }

    /// Forgets what is under way.
    @Override
    public void close() {
        begun.forEach(each -> each.sum().close());
        owner.close();
    }
}
