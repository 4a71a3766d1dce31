package dev.sartor.curate.label;

import dev.sartor.core.work.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// A model that is fine-tuned once for each fold, on the rows of the other folds.
///
/// @param texts of the rows, by the numbers that the caller knows them by
/// @param labels of the rows likewise
/// @param names all labels, in the order of their numbers
public record TunedFolds(
        LabelTuner tuner,
        IntFunction<String> texts,
        IntFunction<String> labels,
        List<String> names,
        long seed,
        Progress progress)
        implements HeldOutJudge {
    public TunedFolds {
        names = List.copyOf(names);
    }

    @Override
    public double[][] probabilities(int[] rows, int[] folds, boolean[] learned) {
        int count = Arrays.stream(folds).max().orElse(0) + 1;
        var judged = new double[rows.length][];
        try (var step = progress.begin("fine-tuning without each fold", count, "folds")) {
            for (int fold = 0; fold < count; fold++) {
                int held = fold;
                var from =
                        IntStream.range(0, rows.length)
                                .filter(i -> folds[i] != held && learned[i])
                                .map(i -> rows[i])
                                .toArray();
                var asked = IntStream.range(0, rows.length).filter(i -> folds[i] == held).toArray();
                var known = known(from);
                var said =
                        tuner.probabilities(
                                Arrays.stream(from).mapToObj(texts).toList(),
                                Arrays.stream(from).mapToObj(labels).toList(),
                                known,
                                Arrays.stream(asked).mapToObj(i -> texts.apply(rows[i])).toList(),
                                seed);
                for (int i = 0; i < asked.length; i++) {
                    judged[asked[i]] = spread(said[i], known);
                }
                step.advance(1);
            }
        }
        return judged;
    }

    /// The labels that the fold's training has rows of.
    private List<String> known(int[] from) {
        var some = Arrays.stream(from).mapToObj(labels).distinct().toList();
        return names.stream().filter(some::contains).toList();
    }

    /// Labels that were not learned have no probability.
    private double[] spread(double[] said, List<String> known) {
        var all = new double[names.size()];
        for (int i = 0; i < said.length; i++) {
            all[names.indexOf(known.get(i))] = said[i];
        }
        return all;
    }
}
