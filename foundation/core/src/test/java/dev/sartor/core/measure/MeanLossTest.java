package dev.sartor.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanLossTest {
    /// scipy.stats.ttest_rel(before, now).confidence_interval(0.95)
    @Test
    void isStudentsPairedInterval() {
        var loss =
                MeanLoss.of(
                        new double[] {0.9, 0.8, 0.7, 0.6, 0.5},
                        new double[] {0.5, 0.7, 0.6, 0.6, 0.3});
        assertThat(loss.mean()).isCloseTo(0.16, within(1e-12));
        assertThat(loss.low()).isCloseTo(-0.028308, within(1e-6));
        assertThat(loss.high()).isCloseTo(0.348308, within(1e-6));
    }

    @Test
    void nothingIsLostWhereNothingChanged() {
        assertThat(MeanLoss.of(new double[] {0.5, 0.25}, new double[] {0.5, 0.25}))
                .isEqualTo(new MeanLoss(0, 0, 0));
    }
}
