package dev.sartor.evaluate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RocAreaTest {
    @Test
    void itIsTheShareOfPairsInOrderTiesHalf() {
        // scikit-learn's example: labels 0 0 1 1, scores 0.1 0.4 0.35 0.8.
        assertThat(RocArea.of(new double[] {0.35, 0.8}, new double[] {0.1, 0.4}))
                .isCloseTo(0.75, within(1e-12));
        assertThat(RocArea.of(new double[] {1, 1}, new double[] {1, 0})).isEqualTo(0.75);
        assertThat(RocArea.of(new double[] {0}, new double[] {1})).isZero();
    }
}
