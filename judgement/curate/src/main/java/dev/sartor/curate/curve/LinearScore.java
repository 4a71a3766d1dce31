package dev.sartor.curate.curve;

import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.Strength;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// The accuracy on test rows of a logistic regression that was learned from some of the training rows. Safe for concurrent callers.
///
/// @param train rows to learn from
/// @param test rows to score on, under the same labels
/// @param strength the inverse C of the penalty's strength
public record LinearScore(LabelledVectors train, LabelledVectors test, double strength)
        implements ToDoubleFunction<int[]> {
    private static final int FOLDS = 5;

    /// With the strength that suits all training rows.
    public static LinearScore of(LabelledVectors train, LabelledVectors test, long seed) {
        return new LinearScore(train, test, Strength.chosen(train, FOLDS, seed));
    }

    /// @param rows numbers of training rows
    /// @return 0 to 1; NaN where they have one label alone
    @Override
    public double applyAsDouble(int[] rows) {
        var some = train.only(rows);
        if (Arrays.stream(some.labels()).distinct().count() < 2) {
            return Double.NaN;
        }
        var right = right(some, test, strength);
        int count = 0;
        for (boolean each : right) {
            count += each ? 1 : 0;
        }
        return (double) count / right.length;
    }

    /// Whether each test row is answered rightly by what was learned from the training rows.
    ///
    /// @param train rows of two labels or more
    public static boolean[] right(LabelledVectors train, LabelledVectors test, double strength) {
        var model = Strength.fit(train, strength);
        var right = new boolean[test.count()];
        IntStream.range(0, right.length)
                .parallel()
                .forEach(
                        i -> right[i] = model.likeliest(test.vectors().get(i)) == test.labels()[i]);
        return right;
    }
}
