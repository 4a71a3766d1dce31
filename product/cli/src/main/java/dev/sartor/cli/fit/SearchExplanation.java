package dev.sartor.cli.fit;

import dev.sartor.compare.TaskTuning.Explanation;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.SearchOutcome;
import dev.sartor.tune.memory.TuningPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What `tune --explain` says of a search for the training's settings.
final class SearchExplanation {
    private SearchExplanation() {}

    static String time(Explanation explained, SearchOutcome search) {
        return String.format(
                Locale.ROOT,
                "%s for the search, %s %s",
                Figures.duration(seconds(search, explained.plan().training())),
                Figures.money(cost(explained, search)),
                explained.costs().currency());
    }

    /// The trainings of a search, by the plan of one with the settings that stand in the file.
    static String text(SearchOutcome search, TuningPlan plan) {
        var rungs =
                search.result().rungs().stream()
                        .map(rung ->
                                String.format(
                                        Locale.ROOT,
                                        "%,d to step %,d",
                                        rung.trials(),
                                        rung.step(plan.steps())))
                        .toList();
        return String.format(
                Locale.ROOT,
                "%s over %s: %,d trials, %s of %,d; %,d steps in all, as many as %s whole trainings; %s",
                search.method(),
                String.join(", ", search.keys()),
                search.result().rungs().getFirst().trials(),
                String.join(", the best ", rungs),
                plan.steps(),
                steps(search, plan),
                new BigDecimal((double) steps(search, plan) / plan.steps())
                        .round(new MathContext(2))
                        .toPlainString(),
                state(search));
    }

    private static String state(SearchOutcome search) {
        int done = search.result().trials().stream().mapToInt(trial -> trial.scores().size()).sum();
        return search.result()
                .bestTrial()
                .map(best -> "it is done, and the training above is of its best settings")
                .orElseGet(() ->
                        done == 0
                                ? "the training above is of the settings in the file, others take longer or shorter"
                                : String.format(
                                        Locale.ROOT,
                                        "%,d of %,d trainings are done",
                                        done,
                                        search.trainings()));
    }

    private static int steps(SearchOutcome search, TuningPlan plan) {
        int sum = 0;
        int before = 0;
        for (var rung : search.result().rungs()) {
            int step = rung.step(plan.steps());
            sum += rung.trials() * (step - before);
            before = step;
        }
        return sum;
    }

    /// Of the whole search: the steps, a measurement wherever a trial waits, and those at the ends of epochs on the way.
    private static double seconds(SearchOutcome search, TuningPlan plan) {
        double measurements = 0;
        double before = 0;
        for (var rung : search.result().rungs()) {
            double passed = Math.floor(rung.share() * plan.checks() + 1e-9);
            measurements += rung.trials() * (passed - before + (rung.share() < 1 ? 1 : 0));
            before = passed;
        }
        return plan.stepSeconds() * steps(search, plan) / plan.steps()
                + plan.checkSeconds() / plan.checks() * measurements;
    }

    private static double cost(Explanation explained, SearchOutcome search) {
        return seconds(search, explained.plan().training())
                / 3600
                * explained.costs().machineHour();
    }

    static Map<String, Object> fields(Explanation explained, SearchOutcome search) {
        var plan = explained.plan().training();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("method", search.method());
        fields.put("keys", search.keys());
        fields.put(
                "rungs",
                search.result().rungs().stream()
                        .map(rung ->
                                Map.of("trials", rung.trials(), "step", rung.step(plan.steps())))
                        .toList());
        fields.put("steps", steps(search, plan));
        fields.put("seconds", Math.round(seconds(search, plan) * 10) / 10.0);
        fields.put("cost", cost(explained, search));
        fields.put("done", search.result().best() > 0);
        return fields;
    }
}
