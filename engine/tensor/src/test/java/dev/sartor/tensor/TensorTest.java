package dev.sartor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.kernel.MachineSpeed;
import dev.sartor.tensor.machine.NativeMemory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void multipliesAsOnPaper() {
        var product =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        var a = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2);
                        return a.matmul(Tensors.of(new float[] {5, 6, 7, 8}, 2, 2)).toFloats();
                    }
                });
        assertThat(product).containsExactly(19, 22, 43, 50);
    }

    @Test
    void addsAProductToASliceInPlace() {
        var sum =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        var all = Tensors.full(1, DType.F32, 2, 3);
                        var a = Tensors.of(new float[] {1, 2}, 2, 1);
                        all.slice(1, 1, 2).addMatmul(a, Tensors.of(new float[] {5, 6}, 1, 2));
                        return all.toFloats();
                    }
                });
        assertThat(sum).containsExactly(1, 6, 7, 1, 11, 13);
    }

    @Test
    void aCallFromAnotherThreadFailsAtOnce() {
        assertThatThrownBy(() -> Tensors.zeros(DType.F32, 1))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("Engine.call");
    }

    @Test
    void aTensorIsGoneWithItsScopeUnlessKept() {
        Engine.run(() -> {
            Tensor kept;
            try (var outer = TensorScope.open()) {
                Tensor lost;
                try (var inner = TensorScope.open()) {
                    lost = Tensors.zeros(DType.F32, 2);
                    kept = inner.keep(Tensors.full(3, DType.F32, 2));
                }
                assertThat(kept.toFloats()).containsExactly(3, 3);
                assertThatThrownBy(lost::toFloats).isInstanceOf(IllegalStateException.class);
                assertThat(TensorScope.current()).isSameAs(outer);
            }
            assertThatThrownBy(kept::toFloats).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(TensorScope::current)
                    .hasMessageContaining("outside every TensorScope");
        });
    }

    @Test
    void gradientsAddUpWhereTheParameterWasTold() {
        var gradient =
                Engine.call(() -> {
                    try (var _ = TensorScope.open();
                            var _ = Gradients.recorded()) {
                        var w = Tensors.of(new float[] {1, 2}, 1, 2);
                        var sums = Tensors.zeros(DType.F32, 1, 2);
                        Gradients.requireGrad(w, sums);
                        for (int i = 0; i < 2; i++) {
                            var y =
                                    Tensors.linear(
                                            Tensors.of(new float[] {3, 4}, 1, 2),
                                            w,
                                            Optional.empty());
                            Gradients.backward(y, Tensors.full(1, DType.F32, 1, 1));
                        }
                        return sums.toFloats();
                    }
                });
        assertThat(gradient).containsExactly(6, 8);
    }

    @Test
    void memoryStaysFlatOverManyScopes() {
        Engine.run(() -> fill(50));
        var before = NativeMemory.residentMib().orElseThrow();
        Engine.run(() -> fill(2_000));
        assertThat(NativeMemory.residentMib().orElseThrow() - before)
                .isLessThan(64); // 2,000 × 1 MiB were made
    }

    private static void fill(int rounds) {
        for (int i = 0; i < rounds; i++) {
            try (var _ = TensorScope.open()) {
                Tensors.full(i, DType.F32, 256, 1024).plus(1).silu();
            }
        }
    }

    /// Against the fastest of smaller products, timed here: other work on the machine may slow either of them.
    @Test
    void speedIsThatOfAProductOfItsKind() {
        double timed = Engine.call(TensorTest::gflopsOfSmallerProducts);
        assertThat(MachineSpeed.bf16Gflops()).isBetween(timed / 20, timed * 20);
    }

    private static double gflopsOfSmallerProducts() {
        int size = 1024;
        try (var _ = TensorScope.open()) {
            var a = Tensors.random(1, DType.F32, size, size).to(DType.BF16);
            var product = Tensors.zeros(DType.BF16, size, size);
            Tensors.matmulInto(product, a, a);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                Tensors.matmulInto(product, a, a);
                best = Math.min(best, System.nanoTime() - start);
            }
            return 2.0 * size * size * size / best;
        }
    }
}
