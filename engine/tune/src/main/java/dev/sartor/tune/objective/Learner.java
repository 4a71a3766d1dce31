package dev.sartor.tune.objective;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.ClippedRows;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.optimiser.AdamW;
import dev.sartor.tune.optimiser.GradientNorm;
import dev.sartor.tune.optimiser.GradientSums;
import dev.sartor.tune.optimiser.Peers;
import dev.sartor.tune.privacy.ClippedSum;
import dev.sartor.tune.privacy.PrivateSteps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Takes steps of gradient descent. For the engine's thread; closing frees the optimiser's state and what training needed.
public final class Learner<R> implements AutoCloseable {
    private final Trainable trained;
    private final Objective<R> objective;
    private final AdamW optimiser;
    private final double maxGradNorm;
    private final int microBatchTokens;
    private final Peers peers;
    private final Optional<PrivateSteps> privacy;
    private final Optional<ClippedSum> clipped;

    public Learner(Trainable trained, Objective<R> objective, TuneSettings settings) {
        this(trained, objective, settings, Peers.none(), Optional.empty());
    }

    /// @param peers who take the same steps; the caller's to close, after this
    /// @param privacy of the rows; empty where steps are taken as they are
    public Learner(
            Trainable trained,
            Objective<R> objective,
            TuneSettings settings,
            Peers peers,
            Optional<PrivateSteps> privacy) {
        this.trained = trained;
        this.objective = objective;
        this.peers = peers;
        this.privacy = privacy;
        this.clipped = privacy.map(steps -> new ClippedSum(trained.parameters(), steps));
        this.optimiser =
                new AdamW(
                        clipped.map(ClippedSum::sums).orElseGet(trained::parameters),
                        settings.optimiser(),
                        settings.weightDecay(),
                        peers);
        this.maxGradNorm = settings.maxGradNorm();
        this.microBatchTokens = settings.microBatchTokens();
    }

    /// @param loss mean over the step's targets before the step, in nats; of a private step, mean over its rows, and not a number
    ///     where it has none
    /// @param gradientNorm before it was clipped; of a private step, with its noise
    /// @param clipped of a private step alone
    public record Step(double loss, double gradientNorm, Optional<ClippedRows> clipped) {
        public boolean isFinite() {
            return Double.isFinite(loss) && Double.isFinite(gradientNorm);
        }
    }

    /// One step. Where loss or gradient is not finite, or the step is not wanted, nothing is changed.
    ///
    /// @param at its number, from 0, by which other ranks know its rows
    /// @param rows of all ranks
    public Step step(int at, List<R> rows, double rate, Predicate<Step> wanted) {
        if (clipped.isPresent()) {
            return step(clipped.get(), at, rows, rate);
        }
        peers.begin(at, rate);
        var gradients = gradients(rows);
        if (gradients.isFinite() && wanted.test(gradients)) {
            double factor = Math.min(1, maxGradNorm / (gradients.gradientNorm() + 1e-6));
            peers.take(factor);
            optimiser.step(factor, rate);
        } else {
            peers.leave();
        }
        return gradients;
    }

    /// A private step is taken whatever its rows are: leaving one out would tell of them.
    private Step step(ClippedSum sum, int at, List<R> rows, double rate) {
        try (var _ = TensorScope.open()) {
            sum.begin();
            var step = clippedSum(sum, rows);
            sum.noise(at);
            var noised = new Step(step.loss(), optimiser.norm(), step.clipped());
            optimiser.step(1, rate);
            return noised;
        }
    }

    /// Adds up the rows' gradients, each clipped, and changes nothing. A row's loss is the mean over its own targets.
    Step clippedSum(ClippedSum sum, List<R> rows) {
        double loss = 0;
        int longer = 0;
        int finite = 0;
        for (var row : rows) {
            try (var _ = TensorScope.open()) {
                long own = Math.max(1, objective.targets(List.of(row)));
                double mean = objective.backward(List.of(row), own) / own;
                double norm = sum.add();
                loss += mean;
                longer += norm > privacy.orElseThrow().ledger().clip() ? 1 : 0;
                finite += Double.isFinite(norm) ? 1 : 0;
            }
        }
        if (finite == 0 && !rows.isEmpty()) {
            throw SartorException.user(
                    "the private training diverged: no row of a step had a gradient that is a number. Lower"
                            + " tune.learning_rate and start again.");
        }
        return new Step(
                rows.isEmpty() ? Double.NaN : loss / rows.size(),
                Double.NaN,
                Optional.of(new ClippedRows(rows.size(), longer)));
    }

    /// Which rows each step sees.
    ///
    /// @param rows of the training
    public StepRows<R> steps(List<R> rows, TuneSettings settings) {
        var batches = new Batches<>(rows, objective, settings);
        return privacy.<StepRows<R>>map(each -> new PoissonRows<>(rows, each, batches.inEpoch()))
                .orElse(batches);
    }

    /// What the training promises of its rows; empty for nothing.
    public Optional<PrivateSteps> privacy() {
        return privacy;
    }

    /// Computes the gradients, and changes nothing.
    ///
    /// @param rows of all ranks
    public Step gradients(List<R> rows) {
        try (var _ = TensorScope.open();
                var sums = new GradientSums(trained.parameters(), peers)) {
            trained.parameters().forEach(each -> each.gradient().fill(0));
            long all = objective.targets(rows);
            double sum =
                    backward(shares(rows, objective, peers.count()).get(peers.rank()), all, sums);
            double loss = peers.sum(sum);
            sums.finish();
            return new Step(loss / all, GradientNorm.of(trained.parameters()), Optional.empty());
        }
    }

    /// Of passes whose gradients are accumulated, only the last completes any.
    private double backward(List<R> own, long all, GradientSums sums) {
        double sum = 0;
        var parts = parts(own);
        for (int i = 0; i < parts.size(); i++) {
            boolean isLast = i == parts.size() - 1;
            try (var _ = TensorScope.open()) {
                sum +=
                        isLast
                                ? objective.backward(parts.get(i), all, sums::completeFrom)
                                : objective.backward(parts.get(i), all);
            }
        }
        return sum;
    }

    /// Has the other ranks begin with these parameters.
    public void spread() {
        if (!peers.areNone()) {
            try (var _ = TensorScope.open()) {
                optimiser.resume(optimiser.room(), 0);
            }
        }
    }

    /// Another rank's: takes over rank 0's parameters and the state that goes with them.
    ///
    /// @param taken steps
    public void receive(int taken) {
        try (var _ = TensorScope.open()) {
            optimiser.receiveState(taken);
        }
        trained.refresh();
    }

    /// How many processes take these steps.
    public int ranks() {
        return peers.count();
    }

    /// Rows that are computed together, those of like length where there are several passes.
    private List<List<R>> parts(List<R> rows) {
        return parts(rows, objective, microBatchTokens);
    }

    /// The rows of each rank; empty for some where there are fewer rows than ranks.
    public static <R> List<List<R>> shares(List<R> rows, Objective<R> objective, int ranks) {
        return RowShares.of(rows, objective::tokens, ranks);
    }

    /// @return none for no rows
    public static <R> List<List<R>> parts(
            List<R> rows, Objective<R> objective, int microBatchTokens) {
        if (rows.isEmpty()) {
            return List.of();
        }
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
        clipped.ifPresent(ClippedSum::close);
        trained.close();
    }
}
