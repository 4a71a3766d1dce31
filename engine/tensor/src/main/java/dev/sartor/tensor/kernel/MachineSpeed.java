package dev.sartor.tensor.kernel;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;

/// How fast this machine multiplies, so that a time can be compared with one from another machine.
public final class MachineSpeed {
    private static final int SIZE = 2048;
    private static final int ROUNDS = 8;

    private MachineSpeed() {}

    /// Billions of bf16 floating-point operations a second (2·n³ a product) in products of 2048×2048 matrices: the
    /// best of 8 after one to warm up. Takes about a quarter of a second.
    public static double bf16Gflops() {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var a = Tensors.random(1, DType.F32, SIZE, SIZE).to(DType.BF16);
                var product = Tensors.zeros(DType.BF16, SIZE, SIZE);
                var best = Double.POSITIVE_INFINITY;
                for (int round = 0; round <= ROUNDS; round++) {
                    var start = System.nanoTime();
                    Tensors.matmulInto(product, a, a);
                    if (round > 0) {
                        best = Math.min(best, (System.nanoTime() - start) / 1e9);
                    }
                }
                return 2.0 * SIZE * SIZE * SIZE / best / 1e9;
            }
        });
    }
}
