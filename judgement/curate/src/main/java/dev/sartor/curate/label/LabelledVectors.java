package dev.sartor.curate.label;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Rows as vectors of their texts, each with its label.
///
/// @param vectors all of one dimension; at least one
/// @param labels of each vector, from 0
/// @param classes how many labels there are, those included that no row has
public record LabelledVectors(List<float[]> vectors, int[] labels, int classes) {
    public LabelledVectors {
        vectors = List.copyOf(vectors);
        if (vectors.isEmpty() || vectors.size() != labels.length) {
            throw SartorException.user(
                    "rows must be at least one, with as many labels as vectors, got "
                            + labels.length
                            + " labels and "
                            + vectors.size()
                            + " vectors");
        }
        int dimension = vectors.getFirst().length;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "row " + i + ": label " + labels[i] + " of " + classes);
            }
            if (vectors.get(i).length != dimension) {
                throw new IllegalArgumentException(
                        "row "
                                + i
                                + ": a vector of "
                                + vectors.get(i).length
                                + " among vectors of "
                                + dimension);
            }
            for (float each : vectors.get(i)) {
                if (!Float.isFinite(each)) {
                    throw SartorException.user(
                            "row "
                                    + i
                                    + ": its vector must be of finite numbers, got "
                                    + each
                                    + ": embed it anew");
                }
            }
        }
    }

    public int count() {
        return labels.length;
    }

    /// How many rows have each label.
    public int[] countByClass() {
        var counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /// Some of the rows, in the order of their numbers, under the same labels.
    public LabelledVectors only(int[] rows) {
        var some = new ArrayList<float[]>(rows.length);
        for (int row : rows) {
            some.add(vectors.get(row));
        }
        var theirs = Arrays.stream(rows).map(row -> labels[row]).toArray();
        return new LabelledVectors(some, theirs, classes);
    }

    /// Those rows of which this holds.
    int[] rows(IntPredicate holds) {
        return IntStream.range(0, count()).filter(holds).toArray();
    }
}
