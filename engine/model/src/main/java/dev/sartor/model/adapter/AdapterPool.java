package dev.sartor.model.adapter;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.Network;
import dev.sartor.model.network.ParameterPlace;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.kernel.LargeBuffers;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Adapters that are on one network at the same time, each in a slot of its own, so that rows of one batch may use
/// different ones or none (as in S-LoRA and Punica: Sheng et al. 2023, Chen et al. 2023). Their matrices lie side by side
/// in buffers that are made once; next to weights in int8 they are held in BF16. For the engine's thread.
public final class AdapterPool implements AutoCloseable {
    private final Map<Linear, PooledLinear> layers = new HashMap<>();
    private final BitSet taken = new BitSet();
    private final PoolShape shape;

    /// @param slots how many adapters can be on at the same time
    /// @param rank the highest rank of an adapter in any of its layers
    public AdapterPool(Network network, int slots, int rank) {
        Problems.refuseUnless(
                slots >= 1 && slots <= 1024, "adapter slots", "1 to 1024", slots, "8 is usual");
        Problems.refuseUnless(
                rank >= 1 && rank <= 2048, "the slots' rank", "1 to 2048", rank, "16 is usual");
        this.shape = new PoolShape(slots, rank, network.type());
        // One buffer, in the layers' order: small ones of their own would not get large pages.
        try (var _ = TensorScope.open()) {
            var memory = LargeBuffers.zeros(DType.I8, bytes(network));
            long from = 0;
            for (var linear : network.linears()) {
                long bytes = PooledLinear.bytes(linear, shape);
                layers.put(linear, new PooledLinear(linear, shape, memory.slice(0, from, bytes)));
                from += bytes;
            }
        }
    }

    private long bytes(Network network) {
        return network.linears().stream()
                .mapToLong(linear -> PooledLinear.bytes(linear, shape))
                .sum();
    }

    /// Bytes that a pool of this size takes.
    public static long bytes(Network network, int slots, int rank) {
        return Engine.call(() ->
                network.linears().stream().mapToLong(AdapterPool::bytes).sum() * slots * rank);
    }

    /// Of one rank in one slot.
    private static long bytes(Linear linear) {
        int widths = linear.parts().stream().mapToInt(part -> linear.in() + part.out()).sum();
        return (long) widths * PooledLinear.held(linear.weight()).bytes();
    }

    public int slots() {
        return shape.slots();
    }

    /// A slot that holds no adapter; empty when all do.
    public OptionalInt free() {
        int slot = taken.nextClearBit(0);
        return slot < shape.slots() ? OptionalInt.of(slot) : OptionalInt.empty();
    }

    /// Copies an adapter of this pool's network into a slot, in place of what was there. The adapter itself is not
    /// needed afterwards.
    ///
    /// @throws SartorException a user's error when its rank is above the pool's, or when it changes more than linear
    ///     layers by low rank, magnitudes and biases
    public void attach(int slot, LoraAdapter adapter) {
        check(slot);
        refuseUnfit(adapter.layout());
        layers.forEach((linear, pooled) -> pooled.attach(slot, adapter.layer(linear)));
        taken.set(slot);
    }

    /// @throws SartorException a user's error, as of {@link #attach}
    void refuseUnfit(LoraLayout layout) {
        refuseUnpooled(layout);
        for (var part : layout.parts()) {
            Problems.refuseUnless(
                    part.rank() <= shape.rank(),
                    "the adapter's rank at " + part.module(),
                    "at most the serving rank " + shape.rank(),
                    part.rank(),
                    "serve with a higher --adapter-rank, or train at a lower rank");
        }
    }

    private void refuseUnpooled(LoraLayout layout) {
        var targets =
                Stream.concat(
                                layout.tables().stream().map(slot -> slot.table().module()),
                                layout.slots().stream()
                                        .filter(slot -> !layers.containsKey(slot.linear()))
                                        .map(slot -> slot.parts().getFirst().module()))
                        .toList();
        refuse(targets, "target_modules");
        var wholes =
                layout.wholes().stream()
                        .filter(whole ->
                                !(whole.place() instanceof ParameterPlace.Bias(var linear, _)
                                        && layers.containsKey(linear)))
                        .map(LoraLayout.Whole::key)
                        .toList();
        refuse(wholes, "modules_to_save");
    }

    private static void refuse(List<String> changed, String setting) {
        if (!changed.isEmpty()) {
            throw SartorException.user(
                    "an adapter whose "
                            + setting
                            + " change "
                            + changed.getFirst()
                            + " cannot share a batch with others: serve it on a model of its own");
        }
    }

    /// Frees a slot that no row uses any more.
    public void detach(int slot) {
        check(slot);
        taken.clear(slot);
    }

    /// The adapters of one pass, for as long as the innermost open scope.
    ///
    /// @param slotOfToken for each token of the pass its slot, −1 for the network as it is
    public Adapters rows(int[] slotOfToken) {
        for (int slot : slotOfToken) {
            if (slot != PooledRows.BARE && (slot < 0 || !taken.get(slot))) {
                throw SartorException.defect("no adapter is in slot " + slot);
            }
        }
        return new PooledRows(layers, slotOfToken, shape);
    }

    private void check(int slot) {
        if (slot < 0 || slot >= shape.slots()) {
            throw SartorException.defect("slot " + slot + " of " + shape.slots());
        }
    }

    @Override
    public void close() {
        Engine.run(() -> layers.values().forEach(PooledLinear::close));
    }
}
