package dev.sartor.curate.select;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Rows as vectors of their texts, of which some are labelled.
///
/// @param vectors all of one dimension; at least one
/// @param labels of each row, from 0; {@link #NONE} where it has none yet
/// @param classes how many labels there are
public record LabelPool(List<float[]> vectors, int[] labels, int classes) {
    public static final int NONE = -1;

    public LabelPool {
        vectors = List.copyOf(vectors);
        if (vectors.isEmpty() || vectors.size() != labels.length) {
            throw new IllegalArgumentException(
                    labels.length + " labels and " + vectors.size() + " vectors");
        }
        for (int label : labels) {
            if (label < NONE || label >= classes) {
                throw new IllegalArgumentException("label " + label + " of " + classes);
            }
        }
    }

    /// The rows that have a label.
    public int[] labelled() {
        return IntStream.range(0, labels.length).filter(i -> labels[i] != NONE).toArray();
    }

    /// The rows that have none.
    public int[] unlabelled() {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == NONE).toArray();
    }

    /// How many different labels the labelled rows have.
    int known() {
        return (int) Arrays.stream(labels).filter(label -> label != NONE).distinct().count();
    }

    /// The same rows, of which these are labelled and no other.
    LabelPool withOnly(int[] rows, int[] theirLabels) {
        var fewer = new int[labels.length];
        Arrays.fill(fewer, NONE);
        for (int i = 0; i < rows.length; i++) {
            fewer[rows[i]] = theirLabels[i];
        }
        return new LabelPool(vectors, fewer, classes);
    }
}
