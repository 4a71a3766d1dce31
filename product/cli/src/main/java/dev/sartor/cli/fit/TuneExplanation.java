package dev.sartor.cli.fit;

import dev.sartor.compare.TaskTuning.Explanation;
import dev.sartor.compare.approach.Engines.Divided;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.PrivacyRecord;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.text.Size;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSchedule;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.memory.MemoryPlan;
import dev.sartor.tune.memory.TuningPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `tune --explain` prints: what would happen, and why.
final class TuneExplanation {
    private TuneExplanation() {}

    static String text(String task, Explanation explained) {
        var plan = explained.plan().training();
        var settings = explained.plan().settings();
        var lines = new ArrayList<String>();
        lines.add(
                task
                        + ": "
                        + explained.request().model()
                        + (explained.isTrained()
                                ? " is tuned already with these settings and data: `sartor tune` would do nothing."
                                : " would be tuned as follows."));
        add(lines, "data", data(plan, settings));
        add(lines, "computed", computed(plan, settings.privacy().isPresent()));
        add(lines, "trained", trained(plan, settings));
        add(lines, "steps", steps(plan, settings));
        plan.privacy(settings)
                .ifPresent(ledger -> add(lines, "privacy", PrivacyRecord.text(ledger)));
        if (explained.plan().ranks().ranks() > 1) {
            add(lines, "ranks", ranks(explained.plan().ranks()));
        }
        add(lines, "rate", rate(settings.schedule(), plan.steps()));
        add(lines, "measured", measured(explained));
        add(lines, "time", time(explained));
        add(lines, "memory", memory(explained.plan().memory(), settings));
        add(lines, "cost", cost(explained));
        explained
                .search()
                .ifPresent(search -> {
                    add(lines, "search", SearchExplanation.text(search, plan));
                    add(lines, "in all", SearchExplanation.time(explained, search));
                });
        if (!explained.models().isEmpty()) {
            add(
                    lines,
                    "models",
                    String.format(
                            Locale.ROOT,
                            "%d, each so: %s; the smallest that will do is taken",
                            explained.models().size(),
                            String.join(", ", explained.models())));
        }
        lines.add("Nothing was started.");
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, String name, String text) {
        lines.add(String.format(Locale.ROOT, "  %-9s  %s", name, text));
    }

    private static String data(TuningPlan plan, TuneSettings settings) {
        var text =
                String.format(
                        Locale.ROOT,
                        "%,d training examples of %,d tokens on average, the longest of %,d (at most %,d)",
                        plan.examples(),
                        plan.epoch().tokens() / plan.examples(),
                        plan.longest(),
                        settings.maxTokens());
        return text
                + (plan.dropped() > 0
                        ? String.format(
                                Locale.ROOT,
                                "; %,d longer ones are left out (too_long: drop)",
                                plan.dropped())
                        : "")
                + (plan.split() > 0
                        ? String.format(
                                Locale.ROOT,
                                "; %,d longer ones are cut into several (too_long: split)",
                                plan.split())
                        : plan.dropped() > 0 ? "" : "; none is left out");
    }

    private static String computed(TuningPlan plan, boolean isPrivate) {
        var epoch = plan.epoch();
        return String.format(
                Locale.ROOT,
                isPrivate
                        ? "%,d tokens an epoch; %,d are computed, each row by itself, as each one's gradient is clipped; %,d are learned, the answers and their ends"
                        : "%,d tokens an epoch; %,d of them are computed, since what the rows of a step begin with is computed once; %,d are learned, the answers and their ends",
                epoch.tokens(),
                epoch.computed(),
                epoch.learned());
    }

    private static String trained(TuningPlan plan, TuneSettings settings) {
        return switch (settings.method()) {
            case TuneMethod.Lora lora ->
                    String.format(
                            Locale.ROOT,
                            "an adapter of rank %d: %s parameters, %s of the model's %s, which stay as they are",
                            lora.rank(),
                            Size.millions(plan.parameters()),
                            Figures.percent(plan.share()),
                            Size.millions(plan.modelParameters()));
            case TuneMethod.Full _ ->
                    String.format(
                            Locale.ROOT,
                            "the model's own weights: %s parameters",
                            Size.millions(plan.parameters()));
        };
    }

    private static String steps(TuningPlan plan, TuneSettings settings) {
        return String.format(
                Locale.ROOT,
                settings.privacy().isEmpty()
                        ? "%,d: %d epochs of %,d, with %d examples in each step"
                        : "%,d: %d epochs of %,d, with %d examples in each step on the mean, drawn by chance",
                plan.steps(),
                settings.epochs(),
                plan.epoch().steps(),
                settings.batch());
    }

    private static String ranks(Divided divided) {
        return String.format(
                Locale.ROOT,
                "%d, %s: each holds the model, all gradients and 1/%d of the optimiser's state, and computes its part of each step's tokens; the sums between them are not in the time; rank 0 alone measures",
                divided.ranks(),
                divided.machines() == 1
                        ? "which divide this machine's cores and memory"
                        : String.format(
                                Locale.ROOT,
                                "on %d machines, each taken to be as fast as this one",
                                divided.machines()),
                divided.ranks());
    }

    private static String rate(TuneSchedule schedule, int steps) {
        long rising = (long) Math.ceil(schedule.warmup() * steps);
        var after =
                switch (schedule.shape()) {
                    case COSINE -> "half a cosine down to 0";
                    case LINEAR -> "a straight line down to 0";
                    case CONSTANT -> "the same to the end";
                    case WARMUP_STABLE_DECAY ->
                            String.format(
                                    Locale.ROOT,
                                    "the same, and down to 0 in the last %,d",
                                    (long) Math.ceil(schedule.decay() * steps));
                };
        return String.format(
                Locale.ROOT,
                "up to %s in the first %,d steps, since first steps point anywhere; then %s",
                plain(schedule.learningRate()),
                rising,
                after);
    }

    private static String plain(double rate) {
        return Double.toString(rate).replace("E", "e");
    }

    private static String measured(Explanation explained) {
        var plan = explained.plan().training();
        var watch = explained.request().care().watch();
        var text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "%d times, after each epoch%s: the answers to %,d validation examples; the state that scores best is kept",
                                plan.checks(),
                                watch.evalSteps() > 0
                                        ? String.format(
                                                Locale.ROOT,
                                                " and every %,d steps",
                                                watch.evalSteps())
                                        : "",
                                explained.validation()));
        if (watch.earlyStoppingPatience() > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "; %d without a better one end the training",
                            watch.earlyStoppingPatience()));
        }
        if (watch.maxForgetting() < 1) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "; general ability too, and before the training: a state that lost more than %s points is not kept, two in a row end the training",
                            Figures.plainPoints(watch.maxForgetting())));
        }
        return text.toString();
    }

    private static String time(Explanation explained) {
        var plan = explained.plan().training();
        return String.format(
                Locale.ROOT,
                explained.plan().ranks().ranks() == 1
                        ? "%s: %s for the steps (%,.0f GFLOP at half of this machine's %,.0f GFLOP/s), %s for the measurements"
                        : "%s: %s for the steps (%,.0f GFLOP at half of each rank's %,.0f GFLOP/s), %s for the measurements",
                Figures.duration(plan.seconds()),
                Figures.duration(plan.stepSeconds()),
                plan.gflop(),
                explained.plan().machineGflops(),
                Figures.duration(plan.checkSeconds()));
    }

    private static String memory(MemoryPlan memory, TuneSettings settings) {
        var text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "%,d MiB at the peak, in passes of up to %,d tokens",
                                memory.neededMib(),
                                memory.tokens()));
        if (memory.allowedMib().isPresent()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            memory.fits()
                                    ? "; the process may hold %,d"
                                    : "; the process may hold %,d, so that `sartor tune` would refuse it",
                            memory.allowedMib().getAsLong()));
        }
        if (memory.fits() && !memory.passes().equals(settings.passes())) {
            text.append(
                    memory.passes().gradientCheckpointing()
                            ? ": so blocks are computed again on the way back, and steps in passes that fit"
                            : ": so steps are computed in passes that fit");
        }
        memory.largestBatch()
                .ifPresent(batch ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "; the largest batch that fits in one pass is %,d",
                                        batch)));
        return text.toString();
    }

    private static String cost(Explanation explained) {
        var costs = explained.costs();
        return String.format(
                Locale.ROOT,
                explained.plan().ranks().machines() == 1
                        ? "%s %s at %s an hour of this machine; %s a year with %s trainings"
                        : "%s %s at %s an hour of each machine; %s a year with %s trainings",
                Figures.money(explained.cost()),
                costs.currency(),
                Figures.money(costs.machineHour()),
                Figures.money(explained.cost() * costs.retrainPerYear()),
                new BigDecimal(costs.retrainPerYear()).stripTrailingZeros().toPlainString());
    }

    static Map<String, Object> fields(Explanation explained) {
        var plan = explained.plan().training();
        var epoch = plan.epoch();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", explained.request().model());
        fields.put("trained_already", explained.isTrained());
        fields.put("examples", plan.examples());
        fields.put("dropped", plan.dropped());
        fields.put("split", plan.split());
        fields.put("longest_tokens", plan.longest());
        fields.put("epoch_tokens", epoch.tokens());
        fields.put("epoch_computed_tokens", epoch.computed());
        fields.put("epoch_learned_tokens", epoch.learned());
        fields.put("epoch_steps", epoch.steps());
        fields.put("steps", plan.steps());
        fields.put("measurements", plan.checks());
        fields.put("validation_examples", explained.validation());
        fields.put("parameters", plan.parameters());
        fields.put("share", plan.share());
        fields.put("gflop", Math.round(plan.gflop()));
        fields.put("machine_gflops", Math.round(explained.plan().machineGflops()));
        fields.put("step_seconds", Math.round(plan.stepSeconds() * 10) / 10.0);
        fields.put("measurement_seconds", Math.round(plan.checkSeconds() * 10) / 10.0);
        fields.put("seconds", Math.round(plan.seconds() * 10) / 10.0);
        var memory = explained.plan().memory();
        fields.put("memory_mib", memory.neededMib());
        memory.allowedMib().ifPresent(mib -> fields.put("memory_allowed_mib", mib));
        fields.put("pass_tokens", memory.tokens());
        fields.put("gradient_checkpointing", memory.passes().gradientCheckpointing());
        memory.largestBatch().ifPresent(batch -> fields.put("largest_batch", batch));
        plan.privacy(explained.plan().settings())
                .ifPresent(ledger -> fields.put("privacy", RunJson.settings(ledger)));
        fields.put("ranks", explained.plan().ranks().ranks());
        fields.put("machines", explained.plan().ranks().machines());
        fields.put("cost", explained.cost());
        fields.put("currency", explained.costs().currency());
        explained
                .search()
                .ifPresent(search ->
                        fields.put("search", SearchExplanation.fields(explained, search)));
        if (!explained.models().isEmpty()) {
            fields.put("models", explained.models());
        }
        return fields;
    }
}
