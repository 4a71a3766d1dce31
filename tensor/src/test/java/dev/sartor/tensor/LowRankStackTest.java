package dev.sartor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Row by row in Java as libtorch does it slot by slot.
class LowRankStackTest {
    /// Widths with and without a rest after the processor's vectors.
    @ParameterizedTest
    @CsvSource({
        "F32, F32, 37, 21, 40, 1e-5",
        "F32, F32, 64, 32, 96, 1e-5",
        "BF16, F32, 37, 21, 40, 1e-5",
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
                stack.addRows(mixed, x, slots);
                for (int row = 0; row < slots.length; row++) {
                    var alone = start.slice(0, row, 1).copy();
                    if (slots[row] >= 0) {
                        stack.addRun(alone, x.slice(0, row, 1), slots[row]);
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
    @CsvSource({"F32", "BF16"})
    void aClearedSlotAddsNothing(DType held) {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var owner = TensorScope.owner();
                var stack = stack(held, 16, new int[] {8, 8}, owner);
                stack.clear(1);
                var y = Tensors.zeros(DType.F32, 2, 16);
                stack.addRows(y, random(1, DType.F32, 2, 16), new int[] {1, 1});
                stack.addRun(y, random(1, DType.F32, 2, 16), 1);
                assertThat(y.toFloats()).containsOnly(0);
                owner.close();
            }
        });
    }

    /// Three slots of ranks up to 6; the second has nothing for the second product.
    private static LowRankStack stack(DType held, int in, int[] outs, TensorScope owner) {
        var stack = new LowRankStack(new LowRankStack.Shape(held, 3, 6), in, outs, owner);
        int[][] ranks = {{1, 4}, {5, 0}, {6, 2}};
        for (int slot = 0; slot < ranks.length; slot++) {
            for (int part = 0; part < outs.length; part++) {
                int rank = ranks[slot][part];
                if (rank > 0) {
                    int seed = 10 * slot + part;
                    stack.set(
                            slot,
                            part,
                            random(seed, DType.F32, rank, in),
                            random(seed + 5, DType.F32, rank, outs[part]));
                }
            }
        }
        return stack;
    }

    private static Tensor random(int seed, DType type, long... shape) {
        return Tensors.random(seed, DType.F32, shape).plus(-0.5).to(type);
    }
}
