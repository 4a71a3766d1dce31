package dev.sartor.curate.label;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Which rows are taken to be labelled wrongly, given how many are expected to be (Northcutt et al. 2021, section 3.2). A row whose
/// given label is the likeliest never is.
public enum Pruning {
    /// Of each label as many of its rows as are expected to be wrong, those with the least probability of it.
    BY_CLASS,
    /// Of each pair of labels as many of the one's rows as are expected to be right under the other, those with the largest margin.
    BY_NOISE_RATE,
    /// Those that both say.
    BOTH,
    /// The rows that count under another label than they have.
    OFF_DIAGONAL;

    /// @param given of each row its label, from 0
    /// @param probabilities rows × labels, of rows that were held out
    public boolean[] suspected(int[] given, double[][] probabilities) {
        return suspected(given, probabilities, ConfidentJoint.of(given, probabilities));
    }

    boolean[] suspected(int[] given, double[][] probabilities, ConfidentJoint joint) {
        var suspected = new boolean[given.length];
        switch (this) {
            case BY_CLASS -> byClass(given, probabilities, joint, suspected);
            case BY_NOISE_RATE -> byNoiseRate(given, probabilities, joint, suspected);
            case BOTH -> {
                byClass(given, probabilities, joint, suspected);
                var other = new boolean[given.length];
                byNoiseRate(given, probabilities, joint, other);
                for (int i = 0; i < given.length; i++) {
                    suspected[i] &= other[i];
                }
            }
            case OFF_DIAGONAL -> {
                for (int i = 0; i < given.length; i++) {
                    suspected[i] = joint.isOffDiagonal(i);
                }
            }
        }
        for (int i = 0; i < given.length; i++) {
            suspected[i] &= !isLikeliest(given[i], probabilities[i]);
        }
        return suspected;
    }

    private static boolean isLikeliest(int given, double[] row) {
        double own = row[given] + ConfidentJoint.EQUAL;
        for (int c = 0; c < row.length; c++) {
            if (c != given && (row[c] > own || (row[c] == own && c < given))) {
                return false;
            }
        }
        return true;
    }

    private static void byClass(
            int[] given, double[][] probabilities, ConfidentJoint joint, boolean[] suspected) {
        for (int c = 0; c < probabilities[0].length; c++) {
            var rows = rows(given, c);
            int wrong = rows.length - Math.max(1, joint.count(c, c));
            mark(rows, wrong, ascending(c, probabilities), suspected);
        }
    }

    private static void byNoiseRate(
            int[] given, double[][] probabilities, ConfidentJoint joint, boolean[] suspected) {
        for (int c = 0; c < probabilities[0].length; c++) {
            var rows = rows(given, c);
            if (rows.length <= 1) {
                continue;
            }
            var counts = keepingOne(joint, c, probabilities[0].length);
            for (int other = 0; other < counts.length; other++) {
                if (other != c) {
                    mark(rows, counts[other], margins(c, other, probabilities), suspected);
                }
            }
        }
    }

    /// The counts of a given label's rows under each label, of which at least one stays under its own: what that takes is taken
    /// from the others in equal parts.
    private static int[] keepingOne(ConfidentJoint joint, int given, int classes) {
        var counts = IntStream.range(0, classes).map(c -> joint.count(given, c)).toArray();
        if (counts[given] >= 1) {
            return counts;
        }
        double others = Math.max(1, Arrays.stream(counts).filter(each -> each != 0).count() - 1.0);
        var less =
                Arrays.stream(counts).mapToDouble(each -> Math.max(0, each - 1 / others)).toArray();
        less[given] = 1;
        return Arrays.stream(less).mapToInt(each -> (int) each).toArray();
    }

    private static int[] rows(int[] given, int label) {
        return IntStream.range(0, given.length).filter(i -> given[i] == label).toArray();
    }

    private static IntToDoubleFunction ascending(int label, double[][] probabilities) {
        return i -> probabilities[i][label];
    }

    private static IntToDoubleFunction margins(int label, int other, double[][] probabilities) {
        return i -> probabilities[i][label] - probabilities[i][other];
    }

    private static void mark(
            int[] rows, int count, IntToDoubleFunction lowestFirst, boolean[] marked) {
        if (count <= 0) {
            return;
        }
        Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparingDouble(lowestFirst::applyAsDouble))
                .limit(count)
                .forEach(i -> marked[i] = true);
    }
}
