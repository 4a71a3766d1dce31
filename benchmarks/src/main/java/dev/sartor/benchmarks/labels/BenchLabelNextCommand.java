package dev.sartor.benchmarks.labels;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.select.LabelPool;
import dev.sartor.curate.select.NextRows;
import dev.sartor.curate.select.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "label-next",
        description = {
            "Label rows whose labels are known as if a person did, batch by batch, and tell the accuracy after each.",
            "A strategy chooses the rows; a logistic regression is learned from those that are labelled and asked about the test rows."
        },
        footer = {
            "",
            "Example: sartor bench label-next --vectors train.f32 --labels train.txt --test-vectors test.f32 --test-labels test.txt --strategy margin --json"
        })
public final class BenchLabelNextCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin BenchedRows files = new BenchedRows();

    @Option(
            names = "--strategy",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}, in any case (default: ${DEFAULT-VALUE}).")
    List<Strategy> strategies = List.of(Strategy.RANDOM, Strategy.MARGIN);

    @Option(
            names = "--start",
            paramLabel = "NAME",
            description =
                    "The strategy of the first batch, which random does without (default: ${DEFAULT-VALUE}).")
    Strategy start = Strategy.TYPICAL;

    @Option(names = "--batch", description = "Rows labelled at a time (default: ${DEFAULT-VALUE}).")
    int batch = 100;

    @Option(names = "--until", description = "Rows labelled in all (default: ${DEFAULT-VALUE}).")
    int until = 1500;

    @Option(
            names = "--strength",
            description =
                    "The inverse C of the penalty of the regression that is scored (default: ${DEFAULT-VALUE}).")
    double strength = 31.6;

    @Option(
            names = "--seeds",
            split = ",",
            description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    List<Long> seeds = List.of(1L);

    public BenchLabelNextCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        Problems.refuseUnless(batch >= 1, "--batch", "at least 1", batch, "100 is usual");
        var train = files.train();
        var score = new LinearScore(train, files.test(), strength);
        var runs = new ArrayList<Map<String, Object>>();
        long all = (long) seeds.size() * strategies.size();
        try (var step = composition.console().begin("labelling", all, "runs")) {
            for (long seed : seeds) {
                for (var strategy : strategies) {
                    var fields = new LinkedHashMap<String, Object>();
                    fields.put("strategy", strategy.key());
                    fields.put("seed", seed);
                    fields.put("curve", curve(train, score, strategy, seed));
                    runs.add(fields);
                    step.advance(1);
                }
            }
        }
        composition.console().print(files.json ? Json.line(Map.of("runs", runs)) : text(runs));
        return 0;
    }

    /// Pairs of labelled rows and accuracy.
    private List<List<Number>> curve(
            LabelledVectors train, LinearScore score, Strategy strategy, long seed) {
        var labelled = new int[0];
        var curve = new ArrayList<List<Number>>();
        while (labelled.length < Math.min(until, train.count())) {
            boolean isFirst = labelled.length == 0;
            var by = isFirst && strategy != Strategy.RANDOM ? start : strategy;
            var next =
                    NextRows.choose(
                            pool(train, labelled),
                            batch,
                            by,
                            seed + labelled.length,
                            Progress.silent());
            labelled = IntStream.concat(Arrays.stream(labelled), Arrays.stream(next)).toArray();
            curve.add(List.of(labelled.length, score.applyAsDouble(labelled)));
        }
        return curve;
    }

    private static LabelPool pool(LabelledVectors train, int[] labelled) {
        var labels = new int[train.count()];
        Arrays.fill(labels, LabelPool.NONE);
        for (int row : labelled) {
            labels[row] = train.labels()[row];
        }
        return new LabelPool(train.vectors(), labels, train.classes());
    }

    private static String text(List<Map<String, Object>> runs) {
        var lines = new ArrayList<String>();
        for (var run : runs) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s, seed %s: %s",
                            run.get("strategy"),
                            run.get("seed"),
                            run.get("curve")));
        }
        return String.join("\n", lines);
    }
}
