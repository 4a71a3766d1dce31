package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all slots of a pool have for one linear. Ranks are filled up to the pool's with zeros.
final class PooledLinear implements AutoCloseable {
    private final Linear linear;
    private final int rank;
    private final TensorScope owner = TensorScope.owner();
    private final Tensor a;
    private final List<Tensor> b = new ArrayList<>();
    private final List<BitSet> holders = new ArrayList<>();
    private final Map<SlotBlock, Views> views = new HashMap<>();
    private final PoolShape shape;
    private Optional<OutputScales> scales = Optional.empty();

    /// @param a [in, slots × parts × rank]
    /// @param b each part's [slots × rank, out]
    private record Views(Tensor a, List<Tensor> b) {}

    PooledLinear(Linear linear, PoolShape shape) {
        this.linear = linear;
        this.shape = shape;
        this.rank = shape.rank();
        // A slot's A is contiguous, all parts' in a row: one product does for all parts.
        a = owner.adopt(Tensors.zeros(shape.type(), rows(shape.slots()), linear.in()));
        for (var part : linear.parts()) {
            b.add(
                    owner.adopt(
                            Tensors.zeros(shape.type(), (long) shape.slots() * rank, part.out())));
            holders.add(new BitSet());
        }
    }

    int parts() {
        return b.size();
    }

    /// Fills a slot with what an adapter has for this linear; the scales go into B.
    void attach(int slot, Optional<AdaptedLinear> layer) {
        clear(slot);
        if (layer.isEmpty()) {
            return;
        }
        var adapted = layer.get();
        try (var _ = TensorScope.open()) {
            for (int i = 0; i < adapted.parts().size(); i++) {
                var part = adapted.parts().get(i);
                int at = place(part);
                a.slice(0, rows(slot) + (long) at * rank, part.rank()).copyFrom(adapted.a(i));
                b.get(at).slice(0, (long) slot * rank, part.rank()).copyFrom(down(adapted, i));
                holders.get(at).set(slot);
            }
        }
        if (adapted.hasGain() || !adapted.base().equals(linear)) {
            if (scales.isEmpty()) {
                try (var _ = TensorScope.open()) {
                    scales = Optional.of(new OutputScales(linear, shape, owner));
                }
            }
            scales.get().attach(slot, adapted);
        }
    }

    /// A part's Bᵀ with its scale and gain: [rank, out], in F32.
    private static Tensor down(AdaptedLinear adapted, int i) {
        var part = adapted.parts().get(i);
        var scaled = adapted.b(i).transposed(0, 1).to(DType.F32).times(part.scale());
        return adapted.hasGain()
                ? scaled.times(adapted.gain().slice(0, part.row(), part.out()))
                : scaled;
    }

    /// Scales and shifts the outputs `y` of the tokens whose adapter does so.
    void scale(Tensor y, RowSlots slots) {
        scales.ifPresent(each -> each.apply(y, slots));
    }

    private void clear(int slot) {
        try (var _ = TensorScope.open()) {
            for (int part = 0; part < parts(); part++) {
                if (holders.get(part).get(slot)) {
                    a.slice(0, rows(slot) + (long) part * rank, rank).fill(0);
                    b.get(part).slice(0, (long) slot * rank, rank).fill(0);
                    holders.get(part).clear(slot);
                }
            }
        }
        scales.ifPresent(each -> each.clear(slot));
    }

    private int place(LoraLayout.Part part) {
        int place = 0;
        while (!linear.parts().get(place).module().equals(part.module())) {
            place++;
        }
        return place;
    }

    private long rows(int ofSlots) {
        return (long) ofSlots * linear.parts().size() * rank;
    }

    /// Adds to `y` what the slots of a block have for `x`.
    ///
    /// @param x [tokens, in]
    /// @param y [tokens, out]
    /// @param rows which token is of which slot, for as many tokens
    void addTo(Tensor y, Tensor x, BlockRows rows) {
        if (holders.stream().noneMatch(rows::uses)) {
            return;
        }
        var seen = views.computeIfAbsent(rows.block(), this::views);
        var inner = rows.inner(x, seen.a(), parts());
        int row = 0;
        for (int part = 0; part < parts(); part++) {
            int out = linear.parts().get(part).out();
            if (rows.uses(holders.get(part))) {
                var target = parts() == 1 ? y : y.slice(1, row, out);
                target.addMatmul(inner.get(part), seen.b().get(part));
            }
            row += out;
        }
    }

    private Views views(SlotBlock block) {
        var across = a.slice(0, rows(block.first()), rows(block.slots())).transposed(0, 1);
        var down =
                b.stream()
                        .map(part ->
                                owner.adopt(
                                        part.slice(
                                                0,
                                                (long) block.first() * rank,
                                                (long) block.slots() * rank)))
                        .toList();
        return new Views(owner.adopt(across), down);
    }

    @Override
    public void close() {
        owner.close();
    }
}
