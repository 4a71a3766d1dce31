package dev.sartor.model.adapter;

import dev.sartor.model.Linear;
import dev.sartor.model.network.LoraLinear;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.BitSet;

/// What the adapters of a pool do to a linear's own outputs before their matrices' part is added: DoRA multiplies each by a
/// gain g, and a replaced bias b' takes the place of b; y becomes y ⊙ g + (b' − g ⊙ b).
final class OutputScales {
    private final Linear linear;
    private final Tensor gains;
    private final Tensor shifts;
    private final BitSet holders = new BitSet();

    /// @param owner of the buffers, [slots + 1, out] each; the last row changes nothing
    OutputScales(Linear linear, PoolShape shape, TensorScope owner) {
        this.linear = linear;
        long out = linear.weight().out();
        gains = owner.adopt(Tensors.full(1, shape.type(), shape.slots() + 1L, out));
        shifts = owner.adopt(Tensors.zeros(shape.type(), shape.slots() + 1L, out));
    }

    void attach(int slot, LoraLinear adapted) {
        try (var _ = TensorScope.open()) {
            var gain = gains.at(0, slot);
            if (adapted.hasGain()) {
                gain.copyFrom(adapted.gain());
            }
            linear.bias()
                    .ifPresent(own -> {
                        var bias = adapted.base().bias().orElse(own);
                        shifts.at(0, slot).copyFrom(bias.plus(own.times(gain).negated()));
                    });
            holders.set(slot);
        }
    }

    void clear(int slot) {
        if (holders.get(slot)) {
            try (var _ = TensorScope.open()) {
                gains.at(0, slot).fill(1);
                shifts.at(0, slot).fill(0);
                holders.clear(slot);
            }
        }
    }

    /// @param y [tokens, out], changed
    void apply(Tensor y, RowSlots slots) {
        if (holders.intersects(slots.used())) {
            y.multiply(gains.selected(0, slots.places()));
            if (linear.bias().isPresent()) {
                y.add(shifts.selected(0, slots.places()));
            }
        }
    }
}
