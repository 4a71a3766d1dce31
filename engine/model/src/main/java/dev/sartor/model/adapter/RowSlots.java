package dev.sartor.model.adapter;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.BitSet;

/// The slot of each token of a pass.
///
/// @param used every slot that a token uses
/// @param places int64 [tokens]: the token's slot; the number of slots for a token that uses none
record RowSlots(BitSet used, Tensor places) {
    static RowSlots of(int[] slotOfToken, PoolShape shape) {
        var used = new BitSet();
        Arrays.stream(slotOfToken).filter(slot -> slot != PooledRows.BARE).forEach(used::set);
        var places =
                Arrays.stream(slotOfToken)
                        .map(slot -> slot == PooledRows.BARE ? shape.slots() : slot)
                        .toArray();
        return new RowSlots(used, Tensors.indices(places));
    }
}
