package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tokens of a pass and the slots of one block that they wear, with the buffers that are written anew for every
/// linear. They belong to the scope that was open when it was made.
final class BlockRows {
    private final SlotBlock block;
    private final BitSet used;
    private final int tokens;
    private final PoolShape shape;
    private final Optional<Tensor> mask;
    private final TensorScope scope = TensorScope.current();
    private final Map<Integer, Buffers> buffers = new HashMap<>();

    /// For linears of the same number of parts.
    ///
    /// @param all [tokens, slots × parts × rank]
    /// @param bySlot the same memory as [tokens, slots, parts, rank]
    /// @param masked [tokens, slots, parts, rank] over memory in which each part is contiguous
    /// @param parts the memory of `masked` as each part's [tokens, slots × rank]; without a mask that of `all`
    private record Buffers(Tensor all, Tensor bySlot, Tensor masked, List<Tensor> parts) {}

    /// @param slotOfToken slots outside the block count as bare
    BlockRows(SlotBlock block, int[] slotOfToken, PoolShape shape) {
        this.block = block;
        this.shape = shape;
        this.tokens = slotOfToken.length;
        this.used = new BitSet();
        var values = new float[tokens * block.slots()];
        int covered = 0;
        for (int token = 0; token < tokens; token++) {
            int place = slotOfToken[token] - block.first();
            if (place >= 0 && place < block.slots()) {
                used.set(slotOfToken[token]);
                values[token * block.slots() + place] = 1;
                covered++;
            }
        }
        boolean same = covered == tokens && block.slots() == 1;
        mask =
                same
                        ? Optional.empty()
                        : Optional.of(
                                Tensors.of(values, tokens, block.slots(), 1, 1).to(shape.type()));
    }

    SlotBlock block() {
        return block;
    }

    /// Whether a token wears one of these slots.
    boolean uses(BitSet slots) {
        return slots.intersects(used);
    }

    /// x·A of every part, each token keeping only what its own slot made: [tokens, slots × rank] each, valid until
    /// the next call.
    ///
    /// @param a [in, slots × parts × rank]
    List<Tensor> inner(Tensor x, Tensor a, int parts) {
        var buffer = buffers.computeIfAbsent(parts, this::make);
        Tensors.matmulInto(buffer.all(), x, a);
        mask.ifPresent(m -> Tensors.productInto(buffer.masked(), buffer.bySlot(), m));
        return buffer.parts();
    }

    private Buffers make(int parts) {
        long slots = block.slots();
        int rank = shape.rank();
        var type = shape.type();
        var all = kept(Tensors.empty(type, tokens, slots * parts * rank));
        var bySlot = kept(all.view(tokens, slots, parts, rank));
        var memory = mask.isPresent() ? kept(Tensors.empty(type, parts, tokens, slots, rank)) : all;
        var each = new ArrayList<Tensor>();
        for (int i = 0; i < parts; i++) {
            each.add(
                    kept(
                            mask.isPresent()
                                    ? memory.at(0, i).view(tokens, slots * rank)
                                    : all.slice(1, (long) i * rank, rank)));
        }
        var masked = mask.isPresent() ? kept(memory.permuted(1, 2, 0, 3)) : bySlot;
        return new Buffers(all, bySlot, masked, each);
    }

    private Tensor kept(Tensor tensor) {
        return scope.adopt(tensor);
    }
}
