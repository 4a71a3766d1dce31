package dev.sartor.compare.approach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastNearnessTest {
    private static final long SEED = 20260314;

    @Test
    void theFarOnesAreLeftUnansweredWhereThatScoresBetter() {
        var least =
                LeastNearness.of(
                        List.of(0.8, 0.2, 0.6, 0.3),
                        new double[] {1, 0, 1, 0},
                        new double[] {0, 1, 0, 1});
        assertThat(least).contains(new LeastNearness((0.3 + 0.6) / 2, 1));
    }

    @Test
    void whereAlwaysAskingIsAsGoodTheModelIsAlwaysAsked() {
        var asked = new double[] {0.5, 1, 0};
        assertThat(LeastNearness.of(List.of(0.1, 0.2, 0.3), asked, new double[] {0.5, 0, 0}))
                .isEmpty();
        assertThat(LeastNearness.of(List.of(0.1, 0.1, 0.1), asked, new double[] {1, 1, 1}))
                .as("none is nearer than another")
                .isEmpty();
        assertThat(LeastNearness.of(List.of(), new double[0], new double[0])).isEmpty();
    }

    @Test
    void aGainThatMayBeChanceCountsForNothing() {
        var nearness = IntStream.range(0, 24).mapToObj(i -> i / 32.0).toList();
        var asked = new double[24];
        var abstained = new double[24];
        Arrays.fill(asked, 6, 24, 1);
        Arrays.fill(abstained, 0, 6, 1);
        assertThat(LeastNearness.shown(nearness, asked, abstained))
                .contains(new LeastNearness(5.5 / 32, 1));
        Arrays.fill(abstained, 1, 6, 0);
        assertThat(LeastNearness.of(nearness, asked, abstained)).isPresent();
        assertThat(LeastNearness.shown(nearness, asked, abstained)).isEmpty();
    }

    @Test
    void noOtherThresholdScoresBetter() {
        var random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            int n = random.nextInt(1, 12);
            var nearness = new ArrayList<Double>();
            for (int i = 0; i < n; i++) {
                nearness.add(random.nextInt(8) / 8.0);
            }
            var asked = random.doubles(n).toArray();
            var abstained = random.ints(n, 0, 2).asDoubleStream().toArray();
            double best =
                    LeastNearness.of(nearness, asked, abstained)
                            .map(LeastNearness::nearness)
                            .orElse(-1.0);
            double score = score(nearness, asked, abstained, best);
            // Above the nearest, no question would be answered at all: that is no threshold.
            double nearest = nearness.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            for (double other = -1; other <= nearest; other += 1 / 16.0) {
                assertThat(score(nearness, asked, abstained, other))
                        .as("round %d of seed %d", round, SEED)
                        .isLessThanOrEqualTo(score + 1e-9);
            }
        }
    }

    private static double score(
            List<Double> nearness, double[] asked, double[] abstained, double least) {
        return IntStream.range(0, asked.length)
                .mapToDouble(i -> nearness.get(i) < least ? abstained[i] : asked[i])
                .sum();
    }
}
