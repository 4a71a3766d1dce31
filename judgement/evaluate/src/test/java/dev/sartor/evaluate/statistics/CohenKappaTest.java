package dev.sartor.evaluate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohenKappaTest {
    /// bench/references/cohen_kappa.py computes these values.
    @ParameterizedTest
    @CsvSource({"12, 0.5384615384615384", "60, 0.6845425867507886", "300, 0.741791922075741"})
    void itIsScikitLearnsCohenKappaScore(int rows, double expected) {
        assertThat(kappa(rows).value()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void judgesThatAlwaysAgreeHaveOneAndThoseThatSayOneThingAloneShowNothing() {
        assertThat(new CohenKappa(new int[] {0, 1, 2}, new int[] {0, 1, 2}, 3).value()).isOne();
        assertThat(new CohenKappa(new int[] {1, 1}, new int[] {1, 1}, 3).value()).isZero();
    }

    @Test
    void theIntervalHoldsTheValueAndNarrowsWithMoreRows() {
        var few = kappa(60).interval(Resampling.seeded());
        var many = kappa(300).interval(Resampling.seeded());
        assertThat(few.low()).isLessThan(kappa(60).value());
        assertThat(few.high()).isGreaterThan(kappa(60).value());
        assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 1.8);
    }

    @Test
    void theIntervalOfJudgesThatAlwaysAgreeIsAPoint() {
        var same = IntStream.range(0, 30).map(i -> i % 3).toArray();
        assertThat(new CohenKappa(same, same, 3).interval(Resampling.seeded()))
                .isEqualTo(new Interval(1, 1));
    }

    private static CohenKappa kappa(int rows) {
        var first = IntStream.range(0, rows).map(i -> (i * i + 3 * i) % 11 % 3).toArray();
        var second =
                IntStream.range(0, rows)
                        .map(i -> i * i % 5 == 0 ? (i * 7 + 1) % 3 : first[i])
                        .toArray();
        return new CohenKappa(first, second, 3);
    }
}
