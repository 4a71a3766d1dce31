package dev.sartor.evaluate;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How often each label was answered where each label was right.
///
/// @param counts one row for each right label, one column for each answered label, in the labels' order
/// @param noLabel for each right label the answers that say no label: format errors
public record ConfusionMatrix(
        List<String> labels, List<List<Integer>> counts, List<Integer> noLabel) {
    public ConfusionMatrix {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
        noLabel = List.copyOf(noLabel);
    }

    public static ConfusionMatrix of(List<String> labels, List<Prediction> predictions) {
        var match = LabelMatch.among(labels);
        var counts = new int[labels.size()][labels.size()];
        var noLabel = new int[labels.size()];
        for (var prediction : predictions) {
            int right = labels.indexOf(prediction.reference());
            if (right < 0) {
                throw SartorException.defect(
                        "example "
                                + prediction.id()
                                + " has the reference '"
                                + prediction.reference()
                                + "', which is no label of the task");
            }
            match.label(prediction.answer())
                    .ifPresentOrElse(
                            label -> counts[right][labels.indexOf(label)]++,
                            () -> noLabel[right]++);
        }
        var rows = new ArrayList<List<Integer>>();
        for (var row : counts) {
            rows.add(listOf(row));
        }
        return new ConfusionMatrix(labels, rows, listOf(noLabel));
    }

    /// How many answers say no label at all.
    public int formatErrors() {
        return noLabel.stream().mapToInt(Integer::intValue).sum();
    }

    /// How well one label is told.
    ///
    /// @param examples that have it
    /// @param precision the share of the answers with it that is right; empty where nothing was answered with it
    /// @param recall the share of the examples with it that is answered so; empty where none has it
    public record OfLabel(
            String label, int examples, Optional<Double> precision, Optional<Double> recall) {}

    /// Of each label, in the labels' order.
    public List<OfLabel> perLabel() {
        return IntStream.range(0, labels.size()).mapToObj(this::ofLabel).toList();
    }

    private OfLabel ofLabel(int label) {
        int right = counts.get(label).get(label);
        int answered = counts.stream().mapToInt(row -> row.get(label)).sum();
        int examples =
                counts.get(label).stream().mapToInt(Integer::intValue).sum() + noLabel.get(label);
        return new OfLabel(
                labels.get(label), examples, share(right, answered), share(right, examples));
    }

    private static Optional<Double> share(int some, int all) {
        return all == 0 ? Optional.empty() : Optional.of((double) some / all);
    }

    private static List<Integer> listOf(int[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
