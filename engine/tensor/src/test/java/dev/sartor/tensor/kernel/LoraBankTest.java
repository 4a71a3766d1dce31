package dev.sartor.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Row by row in Java as libtorch does it slot by slot.
class LoraBankTest {
    /// Widths with and without a rest after the processor's vectors.
    @ParameterizedTest
    @CsvSource({
        "F32, F32, 37, 21, 40, 1e-5",
        "F32, F32, 64, 32, 96, 1e-5",
        "BF16, F32, 37, 21, 40, 1e-5",
        "I8, F32, 37, 21, 40, 1e-4",
        "I8, F32, 64, 32, 96, 1e-4",
        "BF16, BF16, 64, 67, 32, 0.06"
    })
    void aRowsSumsAreThoseOfItsOwnSlot(
            DType held, DType type, int in, int left, int right, float close) {
        int[] slots = {2, 0, -1, 1, 0, 2};
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var owner = TensorScope.owner();
                var stack = stack(held, in, new int[] {left, right}, owner);
                var x = random(1, type, slots.length, in);
                var start = random(2, type, slots.length, left + right);
                var mixed = start.copy();
                stack.addRows(mixed, x, LoraBank.Rows.of(slots));
                for (int row = 0; row < slots.length; row++) {
                    var alone = start.slice(0, row, 1).copy();
                    if (slots[row] >= 0) {
                        addPlainly(alone, x.slice(0, row, 1), slots[row], left, held);
                    }
                    assertThat(mixed.slice(0, row, 1).toFloats())
                            .containsExactly(alone.toFloats(), Offset.offset(close));
                }
                assertThat(mixed.slice(0, 1, 1).toFloats())
                        .isNotEqualTo(start.slice(0, 1, 1).toFloats());
                owner.close();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"F32", "BF16", "I8"})
    void aClearedSlotAddsNothing(DType held) {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var owner = TensorScope.owner();
                var stack = stack(held, 16, new int[] {8, 8}, owner);
                stack.clear(1);
                var y = Tensors.zeros(DType.F32, 2, 16);
                stack.addRows(y, random(1, DType.F32, 2, 16), LoraBank.Rows.of(new int[] {1, 1}));
                assertThat(y.toFloats()).containsOnly(0);
                owner.close();
            }
        });
    }

    /// Ranks of three slots; the second has nothing for the second product.
    private static final int[][] RANKS = {{1, 4}, {5, 0}, {6, 2}};

    private static LoraBank stack(DType held, int in, int[] outs, TensorScope owner) {
        var shape = new LoraBank.Shape(held, 3, 6);
        var memory = Tensors.zeros(DType.I8, LoraBank.bytes(shape, in, outs));
        var stack = new LoraBank(shape, in, outs, memory, owner);
        for (int slot = 0; slot < RANKS.length; slot++) {
            for (int part = 0; part < outs.length; part++) {
                if (RANKS[slot][part] > 0) {
                    stack.set(slot, part, across(slot, part, in), down(slot, part, outs[part]));
                }
            }
        }
        return stack;
    }

    private static Tensor across(int slot, int part, long in) {
        return random(10 * slot + part, DType.F32, RANKS[slot][part], in);
    }

    private static Tensor down(int slot, int part, long out) {
        return random(10 * slot + part + 5, DType.F32, RANKS[slot][part], out);
    }

    /// y += (x·Aᵀ)·B in libtorch's own products, in F32.
    private static void addPlainly(Tensor y, Tensor x, int slot, int left, DType held) {
        for (int part = 0; part < 2; part++) {
            if (RANKS[slot][part] > 0) {
                var columns = part == 0 ? y.slice(1, 0, left) : y.slice(1, left, y.size(1) - left);
                var inner =
                        x.to(DType.F32)
                                .matmul(held(across(slot, part, x.size(1)), held).transposed(0, 1));
                columns.add(
                        inner.matmul(held(down(slot, part, columns.size(1)), held)).to(y.type()));
            }
        }
    }

    /// As the stack keeps it.
    private static Tensor held(Tensor matrix, DType type) {
        if (type != DType.I8) {
            return matrix.to(type).to(DType.F32);
        }
        var values = matrix.toFloats();
        int width = (int) matrix.size(1);
        for (int row = 0; row < values.length; row += width) {
            float most = 0;
            for (int i = row; i < row + width; i++) {
                most = Math.max(most, Math.abs(values[i]));
            }
            for (int i = row; i < row + width; i++) {
                values[i] = Math.round(values[i] / most * 127) * most / 127;
            }
        }
        return Tensors.of(values, matrix.shape());
    }

    private static Tensor random(int seed, DType type, long... shape) {
        return Tensors.random(seed, DType.F32, shape).plus(-0.5).to(type);
    }
}
