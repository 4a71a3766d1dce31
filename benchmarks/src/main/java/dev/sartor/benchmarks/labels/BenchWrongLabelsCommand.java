package dev.sartor.benchmarks.labels;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.label.ConfidentJoint;
import dev.sartor.curate.label.LabelFinding;
import dev.sartor.curate.label.LabelFindings;
import dev.sartor.curate.label.LabelScore;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.OutOfFold;
import dev.sartor.curate.label.Pruning;
import dev.sartor.curate.label.WrongLabelSettings;
import dev.sartor.curate.label.WrongLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "wrong-labels",
        description = {
            "Look for wrong labels of rows whose vectors are given, as the step wrong_labels does.",
            "The out-of-fold probabilities can be written, so that others judge the same ones. Where test rows are given too, a"
                    + " classifier is learned from all rows and from those that are not suspected, and its accuracy is told."
        },
        footer = {
            "",
            "Example: sartor bench wrong-labels --vectors train.f32 --labels train.txt --rows-out rows.jsonl --json"
        })
public final class BenchWrongLabelsCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin LabelledFiles files = new LabelledFiles();

    @Option(
            names = "--right-labels",
            paramLabel = "FILE",
            description =
                    "The labels that the rows should have: a classifier is learned from them, too.")
    @Nullable Path rightLabels;

    @Option(
            names = "--test-vectors",
            paramLabel = "FILE",
            description = "Vectors of test rows, for the accuracy.")
    @Nullable Path testVectors;

    @Option(names = "--test-labels", paramLabel = "FILE", description = "Their labels.")
    @Nullable Path testLabels;

    @Option(
            names = "--strength",
            description =
                    "The inverse C of the penalty of the classifiers whose accuracy is told; 0 has it chosen for each"
                            + " (default: ${DEFAULT-VALUE}).")
    double strength;

    @Option(
            names = "--as-linear",
            description =
                    "Train these classifiers as the candidate linear is trained: with the strength that answers the most held-out rows"
                            + " of its own training rows. That of the rows as given is told.")
    boolean asLinear;

    @Option(names = "--folds", description = "Of the cross-validation (default: ${DEFAULT-VALUE}).")
    int folds = WrongLabelSettings.usual().folds();

    @Option(
            names = "--repeats",
            description = "Of the cross-validation, averaged (default: ${DEFAULT-VALUE}).")
    int repeats = WrongLabelSettings.usual().repeats();

    @Option(
            names = "--rounds",
            description =
                    "How often all is learned anew without the suspected rows (default: ${DEFAULT-VALUE}).")
    int rounds = WrongLabelSettings.usual().rounds();

    @Option(
            names = "--neighbours",
            description = "How many of the nearest rows vote (default: ${DEFAULT-VALUE}).")
    int neighbours = WrongLabelSettings.usual().neighbours();

    @Option(names = "--seed", description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    long seed = WrongLabelSettings.usual().seed();

    @Option(
            names = "--probabilities-out",
            paramLabel = "FILE",
            description =
                    "Write the logistic regression's out-of-fold probabilities: 64-bit numbers, little-endian, rows × labels.")
    @Nullable Path probabilitiesOut;

    @Option(
            names = "--rows-out",
            paramLabel = "FILE",
            description = "Write what is found of each row, a JSON object on each line.")
    @Nullable Path rowsOut;

    @Option(names = "--json", description = "Print the figures as JSON.")
    boolean json;

    public BenchWrongLabelsCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var names = files.names();
        var rows = files.rows();
        var settings = new WrongLabelSettings(folds, repeats, rounds, neighbours, seed);
        var progress = composition.console();
        long start = System.nanoTime();
        var found = WrongLabels.find(rows, settings, progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        var fields = new LinkedHashMap<String, Object>();
        fields.put("rows", rows.count());
        fields.put("labels", names);
        fields.put("strength", found.strength());
        fields.put("suspected", found.suspected());
        fields.put("expected_wrong", found.expectedWrong());
        fields.put("left_out", found.leftOut().size());
        fields.put("seconds", Math.round(seconds * 10) / 10.0);
        if (probabilitiesOut != null || rowsOut != null) {
            fields.put("confident_learning", confidentLearning(rows, found, names, progress));
        }
        accuracies(rows, found, names).ifPresent(each -> fields.put("accuracy", each));
        composition.console().print(json ? Json.line(fields) : text(fields));
        return 0;
    }

    /// On the first round's probabilities alone, as cleanlab would do it.
    private Map<String, Object> confidentLearning(
            LabelledVectors rows, LabelFindings found, List<String> names, Progress progress) {
        var held = OutOfFold.of(rows, folds, seed, progress);
        if (probabilitiesOut != null) {
            VectorFile.writeWide(probabilitiesOut, held.probabilities());
        }
        var counts = new LinkedHashMap<String, Object>();
        var joint = ConfidentJoint.of(rows.labels(), held.probabilities());
        counts.put("expected_wrong", joint.expectedWrong());
        var pruned = new LinkedHashMap<String, boolean[]>();
        for (var pruning : Pruning.values()) {
            var suspected = pruning.suspected(rows.labels(), held.probabilities());
            pruned.put(pruning.name().toLowerCase(Locale.ROOT), suspected);
            int count = 0;
            for (boolean each : suspected) {
                count += each ? 1 : 0;
            }
            counts.put(pruning.name().toLowerCase(Locale.ROOT), count);
        }
        if (rowsOut != null) {
            var scores = new LinkedHashMap<String, double[]>();
            for (var score : LabelScore.values()) {
                scores.put(
                        score.name().toLowerCase(Locale.ROOT),
                        score.of(rows.labels(), held.probabilities()));
            }
            write(rowsOut, found.rows(), names, scores, pruned);
        }
        return counts;
    }

    private static void write(
            Path file,
            List<LabelFinding> found,
            List<String> names,
            Map<String, double[]> scores,
            Map<String, boolean[]> pruned) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < found.size(); i++) {
            int row = i;
            var fields = new LinkedHashMap<String, Object>();
            fields.put("given", names.get(found.get(i).given()));
            fields.put("likeliest", names.get(found.get(i).likeliest()));
            fields.put("score", found.get(i).score());
            fields.put("suspected", found.get(i).suspected());
            scores.forEach((name, each) -> fields.put(name, each[row]));
            fields.put(
                    "pruned",
                    pruned.entrySet().stream()
                            .filter(each -> each.getValue()[row])
                            .map(Map.Entry::getKey)
                            .toList());
            lines.add(Json.line(fields));
        }
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw SartorException.missing("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private Optional<Map<String, Object>> accuracies(
            LabelledVectors rows, LabelFindings found, List<String> names) {
        if (testVectors == null || testLabels == null) {
            return Optional.empty();
        }
        var test = LabelledFiles.rows(testVectors, testLabels, names);
        var measured = new LinkedHashMap<String, Object>();
        var scored = new TestAccuracy(test, asLinear, strength, seed);
        measured.put("given", scored.learnedFrom(rows));
        if (asLinear) {
            measured.put("strength", scored.strengthOfLinear(rows));
        }
        measured.put(
                "without_suspected",
                scored.learnedFrom(rows, i -> !found.rows().get(i).suspected()));
        if (rightLabels != null) {
            var right = LabelFile.numbers(rightLabels, LabelFile.read(rightLabels), names);
            var clean = new LabelledVectors(rows.vectors(), right, names.size());
            measured.put("right", scored.learnedFrom(clean));
            measured.put(
                    "without_wrong", scored.learnedFrom(rows, i -> right[i] == rows.labels()[i]));
        }
        return Optional.of(measured);
    }

    private static String text(Map<String, Object> fields) {
        return String.format(
                Locale.ROOT,
                "%s of %s labels suspected, %s expected to be wrong, in %s s",
                fields.get("suspected"),
                fields.get("rows"),
                fields.get("expected_wrong"),
                fields.get("seconds"));
    }
}
