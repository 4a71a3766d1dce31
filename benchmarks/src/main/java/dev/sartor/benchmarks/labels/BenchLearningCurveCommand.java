package dev.sartor.benchmarks.labels;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.curve.CurveSettings;
import dev.sartor.curate.curve.LearningCurve;
import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.Strength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "learning-curve",
        description = {
            "Forecast the accuracy at twice the rows, and measure it.",
            "Each time so many training rows are drawn, a learning curve is measured with them, and then as many more are drawn to see"
                    + " whether the forecast's interval holds what they give."
        },
        footer = {
            "",
            "Example: sartor bench learning-curve --vectors train.f32 --labels train.txt --test-vectors test.f32 --test-labels test.txt --rows 1000 --json"
        })
public final class BenchLearningCurveCommand implements Callable<Integer> {
    private static final int FOLDS = 5;

    private final Composition composition;

    @Mixin BenchedRows files = new BenchedRows();

    @Option(
            names = "--rows",
            description = "Rows that the curve is measured with (default: ${DEFAULT-VALUE}).")
    int rows = 1000;

    @Option(names = "--times", description = "How often (default: ${DEFAULT-VALUE}).")
    int times = 20;

    @Option(names = "--draws", description = "Draws of each size (default: ${DEFAULT-VALUE}).")
    int draws = CurveSettings.usual().draws();

    @Option(names = "--seed", description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    public BenchLearningCurveCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var train = files.train();
        Problems.refuseUnless(
                2 * rows <= train.count(),
                "--rows",
                "at most half of the training rows, " + train.count() / 2,
                rows,
                "ask for fewer");
        var test = files.test();
        var forecasts = new ArrayList<Map<String, Object>>();
        try (var step = composition.console().begin("forecasting", times, "curves")) {
            for (int i = 0; i < times; i++) {
                forecasts.add(forecast(train, test, seed + i));
                step.advance(1);
            }
        }
        composition
                .console()
                .print(files.json ? Json.line(Map.of("forecasts", forecasts)) : text(forecasts));
        return 0;
    }

    private Map<String, Object> forecast(LabelledVectors all, LabelledVectors test, long seed) {
        var order = IntStream.range(0, all.count()).toArray();
        var random = new Random(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int at = random.nextInt(i + 1);
            int row = order[i];
            order[i] = order[at];
            order[at] = row;
        }
        var twice = all.only(Arrays.copyOf(order, 2 * rows));
        var known = all.only(Arrays.copyOf(order, rows));
        var score = new LinearScore(twice, test, Strength.chosen(known, FOLDS, seed));
        var settings = new CurveSettings(CurveSettings.usual().sizes(), draws, seed);
        var curve =
                LearningCurve.measure(rows, known.classes(), score, settings, Progress.silent());
        var forecast = curve.forecast(2 * rows, seed);
        double measured = score.applyAsDouble(IntStream.range(0, 2 * rows).toArray());
        var fields = new LinkedHashMap<String, Object>();
        fields.put("seed", seed);
        fields.put("strength", score.strength());
        fields.put("points", curve.points());
        fields.put("law", curve.law());
        fields.put("forecast", forecast.score());
        fields.put("low", forecast.low());
        fields.put("high", forecast.high());
        fields.put("measured", measured);
        fields.put("held", forecast.low() <= measured && measured <= forecast.high());
        return fields;
    }

    private static String text(List<Map<String, Object>> forecasts) {
        long held =
                forecasts.stream().filter(each -> Boolean.TRUE.equals(each.get("held"))).count();
        return String.format(
                Locale.ROOT, "%d of %d intervals hold what was measured", held, forecasts.size());
    }
}
