package dev.sartor.tune.optimiser;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import java.util.List;

/// The Euclidean norm of all gradients together.
public final class GradientNorm {
    private GradientNorm() {}

    /// For the engine's thread.
    public static double of(List<Parameters> parameters) {
        double sum = 0;
        for (var each : parameters) {
            for (long from = 0; from < each.count(); from += AdamW.CHUNK) {
                try (var _ = TensorScope.open()) {
                    long length = Math.min(AdamW.CHUNK, each.count() - from);
                    double norm =
                            each.gradient().slice(0, from, length).to(DType.F32).norm().item();
                    sum += norm * norm;
                }
            }
        }
        return Math.sqrt(sum);
    }
}
