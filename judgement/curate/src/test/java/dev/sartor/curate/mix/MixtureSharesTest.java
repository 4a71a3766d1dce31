package dev.sartor.curate.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixtureSharesTest {
    private static final double[] EVEN = {1, 1};

    @Test
    void setsAreMixedByTheirSizes() {
        var shares = new MixtureShares(1, OptionalInt.empty(), 1);
        assertThat(shares.counts(new int[] {300, 100}, EVEN, 200)).containsExactly(150, 50);
    }

    @Test
    void aTemperatureEvensThemOut() {
        var shares =
                new MixtureShares(2, OptionalInt.empty(), 4).shares(new int[] {900, 100}, EVEN);
        assertThat(shares[0]).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void aCapAndAWeightCount() {
        var shares = new MixtureShares(1, OptionalInt.of(100), 1);
        assertThat(shares.shares(new int[] {1_000_000, 100}, new double[] {1, 3}))
                .containsExactly(0.25, 0.75);
    }

    @Test
    void whatASmallSetCannotGiveTheOthersGive() {
        var shares = new MixtureShares(100, OptionalInt.empty(), 2);
        var counts = shares.counts(new int[] {1000, 10}, EVEN, 200);
        assertThat(counts).containsExactly(180, 20);
    }

    @Test
    void noSetGivesMoreThanItHas() {
        var random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            var sizes = IntStream.range(0, 5).map(_ -> 1 + random.nextInt(1000)).toArray();
            var weights =
                    IntStream.range(0, 5).mapToDouble(_ -> 0.1 + random.nextDouble()).toArray();
            double epochs = 1 + random.nextInt(3);
            int rows = 1 + random.nextInt(3000);
            var shares = new MixtureShares(1 + random.nextInt(4), OptionalInt.empty(), epochs);
            var counts = shares.counts(sizes, weights, rows);
            double most = Arrays.stream(sizes).sum() * epochs;
            assertThat(Arrays.stream(counts).sum())
                    .as("draw " + i)
                    .isEqualTo((int) Math.min(rows, most));
            for (int s = 0; s < 5; s++) {
                assertThat(counts[s]).isBetween(0, (int) (sizes[s] * epochs));
            }
        }
    }

    @Test
    void asManyAsThereAreWithoutARepeat() {
        var shares = new MixtureShares(1, OptionalInt.empty(), 1);
        assertThat(shares.mostWithoutRepeats(new int[] {300, 100}, EVEN)).isEqualTo(400);
        assertThat(shares.mostWithoutRepeats(new int[] {300, 100}, new double[] {1, 3}))
                .isEqualTo(200);
    }

    @Test
    void everyRowStandsOnceBeforeOneStandsTwice() {
        var drawn = Draw.of(7, 17, new Random(1));
        assertThat(Arrays.stream(drawn).limit(7).distinct().count()).isEqualTo(7);
        assertThat(Arrays.stream(drawn).skip(7).limit(7).distinct().count()).isEqualTo(7);
    }
}
