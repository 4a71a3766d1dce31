package dev.sartor.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemperatureScalingTest {
    /// Rows whose right label is drawn by the softmax of their scores, which are then told as `factor` times themselves.
    private static int[] draw(List<double[]> told, double factor) {
        var random = new Random(3);
        var right = new int[4000];
        for (int row = 0; row < right.length; row++) {
            var scores = new double[] {random.nextGaussian(), 2 * random.nextGaussian(), 0};
            var chance = TemperatureScaling.none().probabilities(scores);
            double drawn = random.nextDouble();
            right[row] = drawn < chance[0] ? 0 : drawn < chance[0] + chance[1] ? 1 : 2;
            told.add(new double[] {factor * scores[0], factor * scores[1], 0});
        }
        return right;
    }

    @Test
    void scoresThatAreTooSureOfThemselvesAreDividedByWhatTheyAreTooLarge() {
        var told = new ArrayList<double[]>();
        var right = draw(told, 5);
        assertThat(TemperatureScaling.fit(told, right).temperature()).isCloseTo(5, within(0.4));
        told.clear();
        right = draw(told, 0.2);
        assertThat(TemperatureScaling.fit(told, right).temperature()).isCloseTo(0.2, within(0.02));
    }

    @Test
    void theErrorOfTheCalibrationBecomesSmall() {
        var told = new ArrayList<double[]>();
        var right = draw(told, 5);
        var scaling = TemperatureScaling.fit(told, right);
        assertThat(error(told, right, TemperatureScaling.none())).isGreaterThan(0.15);
        assertThat(error(told, right, scaling)).isLessThan(0.03);
    }

    private static double error(List<double[]> told, int[] right, TemperatureScaling scaling) {
        var sure = new double[right.length];
        var isRight = new boolean[right.length];
        for (int i = 0; i < right.length; i++) {
            var chance = scaling.probabilities(told.get(i));
            int said = chance[0] >= chance[1] ? 0 : 1;
            said = chance[2] > chance[said] ? 2 : said;
            sure[i] = chance[said];
            isRight[i] = said == right[i];
        }
        return CalibrationError.of(sure, isRight);
    }

    @Test
    void probabilitiesAreTheSoftmaxAndALabelOfMinusInfinityHasNone() {
        var chance =
                new TemperatureScaling(2)
                        .probabilities(new double[] {Math.log(9), 0, Double.NEGATIVE_INFINITY});
        assertThat(chance).containsExactly(new double[] {0.75, 0.25, 0}, within(1e-12));
    }

    @Test
    void rowsThatAreAllRightOrHaveNoScoresKeepTheTemperatureWithinItsBounds() {
        var all = List.of(new double[] {1, 0}, new double[] {1, 0});
        assertThat(TemperatureScaling.fit(all, new int[] {0, 0}).temperature())
                .isBetween(0.0009, 1001.0);
        assertThat(TemperatureScaling.fit(all, new int[] {1, 1}).temperature())
                .isBetween(0.0009, 1001.0);
        assertThatThrownBy(() -> TemperatureScaling.fit(List.of(), new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TemperatureScaling(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theCalibrationErrorIsTheWeightedGapOfTheBins() {
        // Two rows near 0.95, one right: |0.95 − 0.5| · 2/3; one near 0.5, right: |0.5 − 1| · 1/3.
        assertThat(
                        CalibrationError.of(
                                new double[] {0.94, 0.96, 0.5}, new boolean[] {true, false, true}))
                .isCloseTo((0.9 + 0.5) / 3, within(1e-12));
        assertThat(CalibrationError.of(new double[] {1, 1}, new boolean[] {true, true})).isZero();
        assertThatThrownBy(() -> CalibrationError.of(new double[0], new boolean[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
