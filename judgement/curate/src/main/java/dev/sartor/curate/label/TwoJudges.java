package dev.sartor.curate.label;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/// What a logistic regression and the nearest rows say together.
///
/// @param mean of both, which ranks rows the best
/// @param geometric the normalised geometric mean, which is surer: what both doubt is unlikely
record TwoJudges(double[][] mean, double[][] geometric) {
    /// @param votes of the neighbours; none where they are not asked
    static TwoJudges of(double[][] regression, double[][] votes) {
        if (votes.length == 0) {
            return new TwoJudges(regression, regression);
        }
        return new TwoJudges(
                together(regression, votes, Double::sum),
                together(regression, votes, (a, b) -> Math.sqrt(a * b)));
    }

    /// Each row is made to sum to 1.
    private static double[][] together(
            double[][] one, double[][] other, DoubleBinaryOperator both) {
        var rows = new double[one.length][];
        for (int i = 0; i < rows.length; i++) {
            var row = new double[one[i].length];
            for (int c = 0; c < row.length; c++) {
                row[c] = both.applyAsDouble(one[i][c], other[i][c]);
            }
            double sum = Arrays.stream(row).sum();
            for (int c = 0; c < row.length; c++) {
                row[c] /= sum;
            }
            rows[i] = row;
        }
        return rows;
    }
}
