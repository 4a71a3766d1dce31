package dev.sartor.curate.label;

import dev.sartor.classify.LogisticRegression;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How many labels are expected to be wrong, where labels are wrong as often in easy rows as in hard ones: the share of other labels
/// among the rows of which the judges are the surest. There a judge hardly errs, so what differs is wrong, however little the judges
/// know of the other rows; counting all rows would count the hard ones as wrong.
final class ExpectedWrong {
    /// Of the rows of each likeliest label, the surest.
    private static final double SUREST = 0.2;

    private static final int FEWEST = 5;

    private ExpectedWrong() {}

    /// @param given of each row its label, from 0
    /// @param probabilities rows × labels, of rows that were held out
    static int of(int[] given, double[][] probabilities) {
        int classes = probabilities[0].length;
        var likeliest =
                IntStream.range(0, given.length)
                        .map(i -> LogisticRegression.likeliest(probabilities[i]))
                        .toArray();
        int asked = 0;
        int other = 0;
        for (int c = 0; c < classes; c++) {
            int label = c;
            var rows =
                    IntStream.range(0, given.length)
                            .filter(i -> likeliest[i] == label)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> -probabilities[i][label]))
                            .toList();
            int surest =
                    Math.min(rows.size(), Math.max(FEWEST, (int) Math.ceil(SUREST * rows.size())));
            asked += surest;
            for (int i = 0; i < surest; i++) {
                other += given[rows.get(i)] == label ? 0 : 1;
            }
        }
        return (int) Math.rint((double) other / asked * given.length);
    }
}
