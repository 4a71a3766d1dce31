package dev.sartor.tune.checkpoint;

import dev.sartor.core.Score;
import dev.sartor.core.measure.MeanLoss;
import dev.sartor.tune.Ability;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TuneWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What happened so far in a training, and what follows from it: which step was best, and whether it is to end.
public final class TrainingHistory {
    /// A loss is compared with so many before it.
    private static final int COMPARED = 20;

    /// So many bad batches in a row end a training.
    private static final int MOST_SKIPPED = 3;

    private final TuneWatch watch;
    private final List<TrainingReport.StepReport> steps = new ArrayList<>();
    private final List<TrainingReport.CheckReport> checks = new ArrayList<>();
    private final List<Integer> skipped = new ArrayList<>();
    private Optional<Ability> before = Optional.empty();
    private int bestStep;

    public TrainingHistory(TuneWatch watch) {
        this.watch = watch;
    }

    /// Goes on from a state; what came after it is forgotten, but not which batches are left out.
    public void backTo(TrainingState state) {
        steps.clear();
        steps.addAll(state.steps());
        checks.clear();
        checks.addAll(state.checks());
        before = state.before();
        bestStep = state.bestStep();
        state.skipped().stream().filter(step -> !skipped.contains(step)).forEach(skipped::add);
    }

    public int step() {
        return steps.size();
    }

    public void add(TrainingReport.StepReport step) {
        steps.add(step);
    }

    /// Leaves out the batch of the step that is to come.
    public void skip(int step) {
        skipped.add(step);
    }

    public boolean isSkipped(int step) {
        return skipped.contains(step);
    }

    public List<Integer> skipped() {
        return List.copyOf(skipped);
    }

    /// Whether so many batches in a row were bad that the training ends.
    public boolean isHopeless(int step) {
        for (int i = 0; i < MOST_SKIPPED; i++) {
            if (!skipped.contains(step - i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a loss is out of line with those before: more than twice the largest of the last twenty, and half a nat.
    /// Batches that were left out have none.
    public boolean isSpike(double loss) {
        double largest = 0;
        int compared = 0;
        for (int i = steps.size() - 1; i >= 0 && compared < COMPARED; i--) {
            double each = steps.get(i).loss();
            if (Double.isFinite(each)) {
                largest = Math.max(largest, each);
                compared++;
            }
        }
        return compared == COMPARED && loss > 2 * largest + 0.5;
    }

    /// Adds a measurement; says whether the parameters are the best so far.
    public boolean add(TrainingReport.CheckReport check) {
        boolean best = !forgot(check) && isBetter(check.validation());
        checks.add(check);
        if (best) {
            bestStep = check.step();
        }
        return best;
    }

    /// Of equal scores the later counts: the step size has fallen further since, and with few validation examples ties are
    /// common.
    private boolean isBetter(Optional<Score> score) {
        if (score.isEmpty()) {
            return true;
        }
        return checks.stream()
                .filter(check -> !forgot(check))
                .allMatch(check ->
                        check.validation().map(Score::value).orElse(-1.0) <= score.get().value());
    }

    /// Whether more of the general ability was lost than allowed, and the loss is one: its interval lies above 0.
    public boolean forgot(TrainingReport.CheckReport check) {
        return lost(check)
                .filter(lost -> lost.mean() > watch.maxForgetting() && lost.low() > 0)
                .isPresent();
    }

    /// Empty where ability was not measured.
    public Optional<MeanLoss> lost(TrainingReport.CheckReport check) {
        return before.flatMap(was -> check.ability().map(now -> now.lostSince(was)));
    }

    /// Why the training is to end now; empty when it goes on.
    public Optional<String> end() {
        int count = checks.size();
        if (count >= 2 && forgot(checks.get(count - 1)) && forgot(checks.get(count - 2))) {
            return Optional.of(
                    "more of the general ability was lost than tune.max_forgetting allows ("
                            + watch.maxForgetting()
                            + "), in two measurements one after the other");
        }
        if (watch.earlyStoppingPatience() > 0 && sinceBest() >= watch.earlyStoppingPatience()) {
            return Optional.of(
                    "no better score in tune.early_stopping_patience measurements ("
                            + watch.earlyStoppingPatience()
                            + ")");
        }
        return Optional.empty();
    }

    /// Measurements since the best score was first reached.
    private long sinceBest() {
        int reached =
                checks.stream()
                        .filter(check -> !forgot(check) && check.validation().isPresent())
                        .max(
                                Comparator.comparingDouble(
                                        TrainingHistory::score)) // the first of equals
                        .map(TrainingReport.CheckReport::step)
                        .orElse(bestStep);
        return checks.stream().filter(check -> check.step() > reached).count();
    }

    private static double score(TrainingReport.CheckReport check) {
        return check.validation().orElseThrow().value();
    }

    /// The mean loss since the last measurement.
    public double lossSinceCheck() {
        int from = checks.isEmpty() ? 0 : checks.getLast().step();
        return steps.stream()
                .skip(from)
                .mapToDouble(TrainingReport.StepReport::loss)
                .filter(Double::isFinite)
                .average()
                .orElse(0);
    }

    public List<TrainingReport.StepReport> steps() {
        return List.copyOf(steps);
    }

    public List<TrainingReport.CheckReport> checks() {
        return List.copyOf(checks);
    }

    public Optional<Ability> before() {
        return before;
    }

    public void measuredBefore(Ability ability) {
        before = Optional.of(ability);
    }

    /// 0 before any measurement was good enough.
    public int bestStep() {
        return bestStep;
    }
}
