package dev.sartor.evaluate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestMartingaleTest {
    @Test
    void theCapitalIsTheMeanOfWhatEachBetMade() {
        var evidence = new TestMartingale(0.1);
        evidence.add(1);
        evidence.add(-0.5);
        double expected =
                IntStream.rangeClosed(1, 20)
                        .mapToDouble(bet -> bet / 21.0 / 1.1)
                        .map(stake -> (1 + stake * 0.9) * (1 - stake * 0.6) / 20)
                        .sum();
        assertThat(evidence.evidence()).isCloseTo(expected, within(1e-12));
        assertThat(new TestMartingale(0.1).evidence()).isCloseTo(1, within(1e-12));
    }

    @Test
    void lookingAfterEveryFigureShowsNothingWhereThereIsNothingToShow() {
        var random = Resampling.seeded();
        int wrong = 0;
        for (int trial = 0; trial < 2000; trial++) {
            wrong +=
                    isEverShown(
                                    new TestMartingale(0.1),
                                    300,
                                    () -> random.nextDouble() < 0.55 ? 1 : -1)
                            ? 1
                            : 0;
        }
        assertThat(wrong).as("of 2,000 at an error of 5 %%").isLessThanOrEqualTo(100);
    }

    @Test
    void aLargeDifferenceIsShownByFewFigures() {
        var random = Resampling.seeded();
        int shown = 0;
        for (int trial = 0; trial < 200; trial++) {
            shown +=
                    isEverShown(
                                    new TestMartingale(0.08),
                                    40,
                                    () -> random.nextDouble() < 0.6 ? 1 : 0)
                            ? 1
                            : 0;
        }
        assertThat(shown).as("of 200, 0.6 against 0.08, 40 figures").isGreaterThan(190);
    }

    private static boolean isEverShown(
            TestMartingale evidence, int figures, java.util.function.DoubleSupplier next) {
        for (int i = 0; i < figures; i++) {
            evidence.add(next.getAsDouble());
            if (evidence.isShown(0.05)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new TestMartingale(1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TestMartingale(0).add(1.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TestMartingale(0).add(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
