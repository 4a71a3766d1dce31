package dev.sartor.tune.privacy;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.optimiser.GradientNorm;
import dev.sartor.tune.optimiser.Parameters;
import java.util.ArrayList;
import java.util.List;

/// The sum of a step's gradients, each row's clipped by itself, and the noise on it (Abadi et al. 2016, algorithm 1). In F32, whatever
/// the network computes in. For the engine's thread.
public final class ClippedSum implements AutoCloseable {
    /// Values that are noised at once.
    private static final int CHUNK = 1 << 16;

    private final TensorScope owner = TensorScope.owner();
    private final List<Parameters> rows;
    private final List<Parameters> sums = new ArrayList<>();
    private final PrivateSteps steps;

    /// @param rows whose gradients hold one row's after its backward pass
    public ClippedSum(List<Parameters> rows, PrivateSteps steps) {
        this.rows = rows;
        this.steps = steps;
        for (var each : rows) {
            sums.add(each.withGradient(owner.adopt(Tensors.zeros(DType.F32, each.count()))));
        }
    }

    /// The same parameters, whose gradients are the sum: what the optimiser is to see.
    public List<Parameters> sums() {
        return List.copyOf(sums);
    }

    /// The longest that one row's gradient counts.
    public double clip() {
        return steps.ledger().clip();
    }

    public void begin() {
        sums.forEach(each -> each.gradient().fill(0));
        rows.forEach(each -> each.gradient().fill(0));
    }

    /// Adds a row's gradient, shortened to the clip norm where it is longer, and makes room for the next. One that is not finite adds
    /// nothing.
    ///
    /// @return its length before
    public double add() {
        double norm = GradientNorm.of(rows);
        if (Double.isFinite(norm)) {
            double factor = Math.min(1, clip() / Math.max(norm, 1e-12));
            for (int i = 0; i < rows.size(); i++) {
                try (var _ = TensorScope.open()) {
                    sums.get(i).gradient().add(rows.get(i).gradient().to(DType.F32), factor);
                }
            }
        }
        rows.forEach(each -> each.gradient().fill(0));
        return norm;
    }

    /// Adds the noise, and divides by the rows that a step takes on the mean: how many it took is not to be seen.
    public void noise(int step) {
        int part = 0;
        for (var each : sums) {
            for (long from = 0; from < each.count(); from += CHUNK) {
                int length = (int) Math.min(CHUNK, each.count() - from);
                try (var _ = TensorScope.open()) {
                    each.gradient()
                            .slice(0, from, length)
                            .add(Tensors.of(steps.noise(step, part++, length), length))
                            .multiply(1 / steps.batch());
                }
            }
        }
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
