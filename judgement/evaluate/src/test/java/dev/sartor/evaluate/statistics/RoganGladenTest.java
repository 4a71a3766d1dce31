package dev.sartor.evaluate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoganGladenTest {
    private static final Interval SIGNS = new Interval(-1, 1);
    private static final double[] AGREEMENTS =
            IntStream.range(0, 3)
                    .mapToObj(i -> DoubleStream.of(1, 1, .5, 1, 0, 1, 1, -.5, 1, 1, 1, .5))
                    .flatMapToDouble(each -> each)
                    .toArray();
    private static final double[] SAID =
            IntStream.range(0, 40).mapToDouble(i -> Math.min(1, (i * 7 % 5 - 1) / 2.0)).toArray();

    /// The roots of (x − θ·a)² = q²·(var x + θ²·var a), found by scipy.optimize.brentq with q = scipy.stats.t.ppf(0.975, 35).
    @Test
    void theIntervalIsFiellers() {
        var correction = new RoganGladen(AGREEMENTS);
        assertThat(correction.factor()).isCloseTo(0.7083333333333334, within(1e-12));
        assertThat(correction.corrected(SAID, SIGNS)).isCloseTo(0.5647058823529412, within(1e-12));
        var interval = correction.interval(SAID, 0.05, SIGNS);
        assertThat(interval.low()).isCloseTo(0.28890582776529283, within(1e-9));
        assertThat(interval.high()).isCloseTo(0.9041881762158331, within(1e-9));
    }

    @Test
    void aJudgeWithoutErrorsLeavesStudentsInterval() {
        var interval = RoganGladen.none().interval(SAID, 0.05, SIGNS);
        assertThat(interval.low()).isCloseTo(0.21114143742080468, within(1e-9));
        assertThat(interval.high()).isCloseTo(0.5888585625791953, within(1e-9));
    }

    @Test
    void aJudgeThatMayAgreeByChanceTellsNothing() {
        var correction = new RoganGladen(new double[] {1, -1, 1, -1, 1});
        assertThat(correction.isUsable(0.05)).isFalse();
        assertThat(correction.interval(SAID, 0.05, SIGNS)).isEqualTo(SIGNS);
        assertThat(new RoganGladen(AGREEMENTS).isUsable(0.05)).isTrue();
    }

    @Test
    void aSingleAnswerTellsNothing() {
        assertThat(new RoganGladen(AGREEMENTS).interval(new double[] {1}, 0.05, SIGNS))
                .isEqualTo(SIGNS);
    }

    @Test
    void nothingLeavesTheRange() {
        var correction = new RoganGladen(AGREEMENTS);
        var won = new double[30];
        java.util.Arrays.fill(won, 1);
        assertThat(correction.corrected(won, SIGNS)).isOne();
        assertThat(correction.interval(won, 0.05, SIGNS).high()).isOne();
    }
}
