package dev.sartor.tune.memory;

import dev.sartor.model.PassSize;
import dev.sartor.model.Precision;
import dev.sartor.model.memory.MemoryNeed;
import dev.sartor.model.memory.StepMemory;
import dev.sartor.model.network.RecordedPass;
import dev.sartor.tune.TuneOptimiser;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.objective.Batches;
import dev.sartor.tune.objective.Learner;
import dev.sartor.tune.objective.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Finds before a training starts what it needs in memory and, where that is more than there is, how its steps can be
/// computed in less.
///
/// @param objective asked for the sizes of its passes alone
/// @param memory what a step of a given size needs; several ranks have a part each of the optimiser's state and of a step's rows
/// @param measuring bytes that a measurement on the way needs
public record MemoryPlanner<R>(
        List<R> rows,
        TuneSettings settings,
        Objective<R> objective,
        StepMemory memory,
        long measuring,
        OptionalLong allowedMib) {
    /// Of longer trainings so many steps are looked at.
    private static final int STEPS = 20_000;

    /// The least that `max_tokens` may be.
    private static final int SHORTEST = 8;

    /// The largest pass of a training and what it needs.
    private record Peak(MemoryNeed need, List<PassSize> passes) {}

    /// As the settings have it.
    MemoryPlan asSet() {
        return as(settings.passes());
    }

    /// In these passes.
    MemoryPlan as(TuneSettings.Passes passes) {
        return plan(settings.with(passes));
    }

    /// The least that memory asks for: as the settings have it; else with blocks computed again; else in smaller passes, too.
    /// What the user chose stays. Where nothing fits, the smallest.
    public MemoryPlan fitting() {
        return fitting(settings.passes());
    }

    private MemoryPlan fitting(TuneSettings.Passes from) {
        var plan = as(from);
        if (!plan.fits() && from.recomputes() && !from.gradientCheckpointing()) {
            plan = as(from.withGradientCheckpointing());
        }
        if (from.divides() && objective.divides()) {
            int longest = longest();
            int tokens = (int) Math.min(plan.passes().microBatchTokens(), plan.tokens());
            while (!plan.fits() && tokens > longest) {
                tokens = Math.max(longest, tokens / 2);
                plan = as(plan.passes().withTokens(tokens));
            }
        }
        return plan;
    }

    /// What would make the training fit, as settings of the project file; empty where nothing that is known does.
    Optional<String> advice() {
        var freed = new TuneSettings.Passes(settings.microBatchTokens(), false, true, true);
        var plan = fitting(freed);
        if (plan.fits()) {
            return Optional.of(named(plan.passes()));
        }
        for (var held : List.of(Precision.INT8, Precision.INT4)) {
            if (mayBeRounded() && on(held).fitting(freed).fits()) {
                return Optional.of(
                        joined(
                                "tune.weights: " + held.word(),
                                named(on(held).fitting(freed).passes())));
            }
        }
        if (settings.optimiser() == TuneOptimiser.ADAMW
                && with(TuneOptimiser.ADAMW_8BIT).fitting(freed).fits()) {
            return Optional.of(
                    joined(
                            "tune.optimiser: adamw-8bit",
                            named(with(TuneOptimiser.ADAMW_8BIT).fitting(freed).passes())));
        }
        if (!objective.divides()) {
            var batch = largest(settings.batch(), each -> fits(settings.withBatch(each)));
            return batch.stream().mapToObj(each -> "tune.batch: " + each).findFirst();
        }
        var shorter = largest(longest(), this::fitsAlone);
        return shorter.stream()
                .filter(tokens -> tokens >= SHORTEST)
                .mapToObj(tokens -> joined("tune.max_tokens: " + tokens, named(plan.passes())))
                .findFirst();
    }

    private boolean mayBeRounded() {
        return memory.held() == Precision.BF16
                && memory.trained() instanceof StepMemory.Trained.Adapter
                && memory.shape().decodes()
                && memory.shape().kinds() == 1;
    }

    private MemoryPlanner<R> on(Precision held) {
        var rounded = memory.heldAs(held);
        return new MemoryPlanner<>(rows, settings, objective, rounded, measuring, allowedMib);
    }

    private MemoryPlanner<R> with(TuneOptimiser optimiser) {
        var other = settings.with(optimiser);
        var changed = memory.withState(other.stateBytes());
        return new MemoryPlanner<>(rows, other, objective, changed, measuring, allowedMib);
    }

    private static String joined(String one, String other) {
        return other.isEmpty() ? one : one + " and " + other;
    }

    private static String named(TuneSettings.Passes passes) {
        var again = passes.gradientCheckpointing() ? "tune.gradient_checkpointing: true" : "";
        if (passes.microBatchTokens() >= TuneSettings.Passes.USUAL_TOKENS) {
            return again;
        }
        var tokens = "tune.micro_batch_tokens: " + passes.microBatchTokens();
        return again.isEmpty() ? tokens : joined(again, tokens);
    }

    private int longest() {
        return rows.stream().mapToInt(objective::tokens).max().orElse(1);
    }

    /// One row of so many tokens, blocks computed again.
    private boolean fitsAlone(int tokens) {
        var need = memory.need(memory.shape().sizes(tokens), RecordedPass.Kept.INPUTS);
        return need.total() >> 20 <= allowedMib.orElse(Long.MAX_VALUE);
    }

    private boolean fits(TuneSettings changed) {
        return plan(changed).fits();
    }

    private MemoryPlan plan(TuneSettings changed) {
        var peak = peak(changed);
        return new MemoryPlan(
                peak.need(), allowedMib, changed.passes(), peak.passes(), OptionalInt.empty());
    }

    /// The same plan with the largest batch that fits in one pass, everything kept.
    public MemoryPlan withLargestBatch(MemoryPlan plan) {
        if (settings.privacy().isPresent()) {
            return plan; // each row is a pass, whatever the batch
        }
        var whole = new TuneSettings.Passes(Integer.MAX_VALUE, false, false, false);
        var most =
                allowedMib.isEmpty()
                        ? OptionalInt.empty()
                        : largest(
                                rows.size(), batch -> fits(settings.with(whole).withBatch(batch)));
        return new MemoryPlan(plan.need(), allowedMib, plan.passes(), plan.largest(), most);
    }

    /// The largest number up to `most` that passes, where smaller ones pass if larger ones do; empty where 1 does not.
    static OptionalInt largest(int most, Predicate<Integer> passes) {
        if (!passes.test(1)) {
            return OptionalInt.empty();
        }
        int low = 1;
        int high = most;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (passes.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return OptionalInt.of(low);
    }

    private Peak peak(TuneSettings changed) {
        var batches = new Batches<>(rows, objective, changed);
        int steps = Math.min(STEPS, batches.inEpoch() * changed.epochs());
        Optional<Peak> most = Optional.empty();
        for (int step = 0; step < steps; step++) {
            for (var own : Learner.shares(batches.at(step), objective, memory.ranks())) {
                for (var part : Learner.parts(own, objective, changed.microBatchTokens())) {
                    var sizes = objective.sizes(part);
                    var peak = new Peak(memory.need(sizes, changed.kept()), sizes);
                    if (most.isEmpty() || total(peak) > total(most.get())) {
                        most = Optional.of(peak);
                    }
                }
            }
        }
        var found = most.orElseThrow();
        return new Peak(found.need().withMeasuring(measuring), found.passes());
    }

    private static long total(Peak peak) {
        return peak.need().total();
    }
}
