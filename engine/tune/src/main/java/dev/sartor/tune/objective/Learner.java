package dev.sartor.tune.objective;

import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.optimiser.AdamW;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Takes steps of gradient descent. For the engine's thread; closing frees the optimiser's state and what training needed.
public final class Learner<R> implements AutoCloseable {
    private final Trainable trained;
    private final Objective<R> objective;
    private final AdamW optimiser;
    private final double maxGradNorm;
    private final int microBatchTokens;

    public Learner(Trainable trained, Objective<R> objective, TuneSettings settings) {
        this.trained = trained;
        this.objective = objective;
        this.optimiser =
                new AdamW(trained.parameters(), settings.optimiser(), settings.weightDecay());
        this.maxGradNorm = settings.maxGradNorm();
        this.microBatchTokens = settings.microBatchTokens();
    }

    /// @param loss mean over the step's targets before the step, in nats
    /// @param gradientNorm before it was clipped
    public record Step(double loss, double gradientNorm) {
        public boolean isFinite() {
            return Double.isFinite(loss) && Double.isFinite(gradientNorm);
        }
    }

    /// One step. Where loss or gradient is not finite, or the step is not wanted, nothing is changed.
    public Step step(List<R> rows, double rate, Predicate<Step> wanted) {
        var gradients = gradients(rows);
        if (gradients.isFinite() && wanted.test(gradients)) {
            optimiser.step(Math.min(1, maxGradNorm / (gradients.gradientNorm() + 1e-6)), rate);
        }
        return gradients;
    }

    /// Computes the gradients, and changes nothing.
    Step gradients(List<R> rows) {
        try (var _ = TensorScope.open()) {
            trained.parameters().forEach(each -> each.gradient().fill(0));
            long all = objective.targets(rows);
            double sum = 0;
            for (var part : parts(rows)) {
                try (var _ = TensorScope.open()) {
                    sum += objective.backward(part, all);
                }
            }
            return new Step(sum / all, optimiser.norm());
        }
    }

    /// Rows that are computed together, those of like length where there are several passes.
    private List<List<R>> parts(List<R> rows) {
        return parts(rows, objective, microBatchTokens);
    }

    public static <R> List<List<R>> parts(
            List<R> rows, Objective<R> objective, int microBatchTokens) {
        long tokens = rows.stream().mapToLong(objective::tokens).sum();
        if (tokens <= microBatchTokens || !objective.divides()) {
            return List.of(rows);
        }
        var sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(objective::tokens));
        var parts = new ArrayList<List<R>>();
        var part = new ArrayList<R>();
        long held = 0;
        for (var row : sorted) {
            if (!part.isEmpty() && held + objective.tokens(row) > microBatchTokens) {
                parts.add(List.copyOf(part));
                part.clear();
                held = 0;
            }
            part.add(row);
            held += objective.tokens(row);
        }
        parts.add(part);
        return parts;
    }

    public Objective<R> objective() {
        return objective;
    }

    public Trainable trained() {
        return trained;
    }

    public AdamW optimiser() {
        return optimiser;
    }

    @Override
    public void close() {
        optimiser.close();
        trained.close();
    }
}
