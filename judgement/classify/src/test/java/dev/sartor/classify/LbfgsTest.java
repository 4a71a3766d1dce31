package dev.sartor.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {
    /// x⁴ / 4 + 50 · (y − 1)², whose minimum is at 0 and 1.
    private static double valley(double[] point, double[] gradient) {
        gradient[0] = Math.pow(point[0], 3);
        gradient[1] = 100 * (point[1] - 1);
        return Math.pow(point[0], 4) / 4 + 50 * Math.pow(point[1] - 1, 2);
    }

    @Test
    void endsWhereTheGradientIsAsGoodAsNone() {
        var minimum = new Lbfgs(LbfgsTest::valley, 1e-9, 200).from(new double[] {3, -4});
        assertThat(minimum.isReached()).isTrue();
        assertThat(minimum.point()).containsExactly(new double[] {0, 1}, within(2e-3));
    }

    @Test
    void tellsThatItsStepsEndedBefore() {
        assertThat(new Lbfgs(LbfgsTest::valley, 1e-9, 2).from(new double[] {3, -4}).isReached())
                .isFalse();
    }
}
