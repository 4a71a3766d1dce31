package dev.sartor.model.adapter;

import dev.sartor.model.Linear;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.LoraLinear;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Matrix;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.kernel.LoraBank;
import java.util.Optional;

/// What all slots of a pool have for one linear.
final class PooledLinear implements AutoCloseable {
    private final Linear linear;
    private final PoolShape shape;
    private final TensorScope owner = TensorScope.owner();
    private final LoraBank stack;
    private Optional<OutputScales> scales = Optional.empty();

    /// @param memory I8 [{@link #bytes}], which becomes the slots'
    PooledLinear(Linear linear, PoolShape shape, Tensor memory) {
        this.linear = linear;
        this.shape = shape;
        stack = new LoraBank(stacked(linear, shape), linear.in(), outs(linear), memory, owner);
    }

    static long bytes(Linear linear, PoolShape shape) {
        return LoraBank.bytes(stacked(linear, shape), linear.in(), outs(linear));
    }

    private static LoraBank.Shape stacked(Linear linear, PoolShape shape) {
        return new LoraBank.Shape(held(linear.weight()), shape.slots(), shape.rank());
    }

    private static int[] outs(Linear linear) {
        return linear.parts().stream().mapToInt(Linear.Part::out).toArray();
    }

    /// As the weights beside them: what is added need not be held more exactly, and reading it is what takes the time.
    static DType held(Matrix weight) {
        if (weight.bytes() < weight.count() * Short.BYTES) {
            return DType.I8;
        }
        return weight.bytes() < weight.count() * Float.BYTES ? DType.BF16 : DType.F32;
    }

    /// Fills a slot with what an adapter has for this linear; scales and gains go into B.
    void attach(int slot, Optional<LoraLinear> layer) {
        stack.clear(slot);
        scales.ifPresent(each -> each.clear(slot));
        if (layer.isEmpty()) {
            return;
        }
        var adapted = layer.get();
        try (var _ = TensorScope.open()) {
            for (int i = 0; i < adapted.parts().size(); i++) {
                stack.set(slot, place(adapted.parts().get(i)), adapted.a(i), down(adapted, i));
            }
            if (adapted.hasGain() || !adapted.base().equals(linear)) {
                if (scales.isEmpty()) {
                    scales = Optional.of(new OutputScales(linear, shape, owner));
                }
                scales.get().attach(slot, adapted);
            }
        }
    }

    private int place(LoraLayout.Part part) {
        int place = 0;
        while (!linear.parts().get(place).module().equals(part.module())) {
            place++;
        }
        return place;
    }

    /// A part's Bᵀ with its scale and gain: [rank, out], in F32.
    private static Tensor down(LoraLinear adapted, int i) {
        var part = adapted.parts().get(i);
        var scaled = adapted.b(i).transposed(0, 1).to(DType.F32).times(part.scale());
        return adapted.hasGain()
                ? scaled.times(adapted.gain().slice(0, part.row(), part.out()))
                : scaled;
    }

    LoraBank stack() {
        return stack;
    }

    /// Scales and shifts the outputs `y` of the tokens whose adapter does so.
    void scale(Tensor y, RowSlots slots) {
        scales.ifPresent(each -> each.apply(y, slots));
    }

    @Override
    public void close() {
        owner.close();
    }
}
