package dev.sartor.evaluate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KrippendorffAlphaTest {
    private static final int X = KrippendorffAlpha.MISSING;

    /// Four annotators, twelve rows, five categories: the example of Krippendorff 2011, section C.
    private static final int[][] EXAMPLE =
            byRow(
                    new int[] {0, 1, 2, 2, 1, 0, 3, 0, 1, X, X, X},
                    new int[] {0, 1, 2, 2, 1, 1, 3, 0, 1, 4, X, 2},
                    new int[] {X, 2, 2, 2, 1, 2, 3, 1, 1, 4, 0, X},
                    new int[] {0, 1, 2, 2, 1, 3, 3, 0, 1, 4, 0, X});

    private static int[][] byRow(int[]... annotators) {
        var rows = new int[annotators[0].length][];
        Arrays.setAll(rows, i -> Arrays.stream(annotators).mapToInt(each -> each[i]).toArray());
        return rows;
    }

    @Test
    void theExampleOfThePaperHasItsValue() {
        var alpha = new KrippendorffAlpha(EXAMPLE, 5);
        assertThat(alpha.value()).isEqualTo(0.743, within(5e-4));
        assertThat(alpha.count()).as("the last row has one annotation").isEqualTo(11);
    }

    @Test
    void theIntervalLiesAboutTheValue() {
        var alpha = new KrippendorffAlpha(EXAMPLE, 5);
        var interval = alpha.interval(Resampling.seeded());
        assertThat(interval.low()).isBetween(0.2, 0.7);
        assertThat(interval.high()).isBetween(0.8, 1.0);
        assertThat(alpha.interval(Resampling.seeded())).isEqualTo(interval);
    }

    @Test
    void agreementIsOneAndContradictionIsBelowChance() {
        assertThat(new KrippendorffAlpha(new int[][] {{0, 0}, {1, 1}, {2, 2}}, 3).value())
                .isEqualTo(1);
        assertThat(new KrippendorffAlpha(new int[][] {{0, 1}, {1, 0}, {0, 1}}, 2).value())
                .isNegative();
        assertThat(new KrippendorffAlpha(new int[][] {{0, 0}, {0, 0}}, 2).value()).isZero();
    }

    @Test
    void rowsOfOneAnnotatorShowNothing() {
        assertThatThrownBy(() -> new KrippendorffAlpha(new int[][] {{0, X}, {X, 1}}, 2))
                .hasMessageContaining("two annotations");
    }
}
