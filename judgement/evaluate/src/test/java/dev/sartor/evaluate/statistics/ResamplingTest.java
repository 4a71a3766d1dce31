package dev.sartor.evaluate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What must hold of intervals and tests whatever the answers are; the seed is the repetition's number.
class ResamplingTest {
    @Test
    void theRandomisationTestIsTheExactOneWithinChance() {
        // scipy.stats.permutation_test(permutation_type="samples") tries all 64 signs: 0.15625
        var values = new double[] {.1, .9, .4, .8, .3, .7, .2, .3, .1, .9, .1, .2};
        double p = Resampling.randomised(6, Pool.meanOf(values), Resampling.seeded());
        assertThat(p).isCloseTo(0.15625, within(0.012)); // three standard errors of 10,000 draws
    }

    @Test
    void aFigureThatNeverChangesHasNoSpread() {
        var interval = Resampling.bootstrap(5, rows -> 0.25, Resampling.seeded());
        assertThat(interval).isEqualTo(new Interval(0.25, 0.25));
    }

    /// Figures of 0 to 9,999, each once, in no order: the ends are numpy's percentiles of them.
    @Test
    void theEndsLieBetweenTheTwoNearestFigures() {
        var count = new AtomicInteger();
        var interval =
                Resampling.bootstrap(
                        2,
                        rows -> (count.getAndIncrement() * 7_919L) % Resampling.DRAWS,
                        Resampling.seeded());
        assertThat(interval.low()).isCloseTo(249.975, within(1e-9));
        assertThat(interval.high()).isCloseTo(9_749.025, within(1e-9));
    }

    @Test
    void everyResampleHasAsManyRowsAsThereAreExamples() {
        Resampling.bootstrap(
                7,
                rows -> {
                    assertThat(rows).hasSize(7);
                    assertThat(Arrays.stream(rows)).allMatch(row -> row >= 0 && row < 7);
                    return 0;
                },
                Resampling.seeded());
    }

    @RepeatedTest(8)
    void theComparisonTurnsRoundWithItsSides(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var first = answers(random, 40);
        var second = answers(random, 40);
        for (var name : List.of("exact_match", "token_f1", "macro_f1")) {
            var metric = Metric.named(name);
            var one = PairedComparison.of(metric, first, second);
            var other = PairedComparison.of(metric, second, first);
            assertThat(one.difference()).isCloseTo(-other.difference(), within(1e-12));
            assertThat(one.low()).as(name).isCloseTo(-other.high(), within(0.02));
            assertThat(one.p()).as(name).isCloseTo(other.p(), within(1e-9));
            assertThat(one.onlyA()).isEqualTo(other.onlyB());
            assertThat(one.difference()).isBetween(one.low(), one.high());
        }
    }

    @Test
    void newcombesIntervalHoldsTheTruthAsOftenAsItSays() {
        var random = new SplittableRandom(17);
        int held = 0;
        int trials = 4_000;
        for (int trial = 0; trial < trials; trial++) {
            var table = new int[4];
            for (int i = 0; i < 100; i++) {
                double u = random.nextDouble();
                table[u < .55 ? 0 : u < .70 ? 1 : u < .80 ? 2 : 3]++; // the truth: 0.15 - 0.10
            }
            var interval = Proportions.difference(table[0], table[1], table[2], table[3], 0.05);
            held += interval.low() <= .05 && .05 <= interval.high() ? 1 : 0;
        }
        // 95 % with a standard error of 0.35 points; the method is a little cautious
        assertThat((double) held / trials).isBetween(0.94, 0.975);
    }

    @Test
    void theNeededSampleShowsAsOftenAsItSays() {
        var random = new SplittableRandom(23);
        int n = SampleSize.needed(0.08);
        int byInterval = 0;
        int trials = 4_000;
        for (int trial = 0; trial < trials; trial++) {
            int first = 0;
            int second = 0;
            for (int i = 0; i < n; i++) {
                double u = random.nextDouble();
                first += u < .1 ? 1 : 0;
                second += u >= .1 && u < .2 ? 1 : 0;
            }
            double difference = (double) (first - second) / n;
            double error =
                    Math.sqrt((double) (first + second) / n - difference * difference)
                            / Math.sqrt(n);
            byInterval += difference - 1.96 * error > -0.08 ? 1 : 0;
        }
        assertThat((double) byInterval / trials).isCloseTo(0.80, within(0.03));
        assertThat((double) byInterval / trials)
                .isCloseTo(SampleSize.powerOfInterval(n, 0.08, 0.2), within(0.03));
    }

    @RepeatedTest(5)
    void signedRanksOfFewPairsAreCountedOut(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var a = random.doubles(10).map(v -> Math.round(v * 5) / 5.0).toArray();
        var b = random.doubles(10).map(v -> Math.round(v * 5) / 5.0).toArray();
        assertThat(PairedTests.wilcoxon(a, b)).isCloseTo(countedOut(a, b), within(1e-12));
        assertThat(PairedTests.wilcoxon(b, a)).isCloseTo(countedOut(a, b), within(1e-12));
    }

    @Test
    void ranksOfEqualDifferencesAreTheirMean() {
        var ranks = new Ranks(new double[] {-2, 1, 2, 5, -2});
        assertThat(new double[] {ranks.rank(0), ranks.rank(1), ranks.rank(2), ranks.rank(3)})
                .containsExactly(3, 1, 3, 5);
        assertThat(ranks.positiveSum()).isEqualTo(9);
        assertThat(ranks.tieCorrection()).isEqualTo(24);
        assertThat(ranks.hasTies()).isTrue();
        assertThat(new Ranks(new double[] {3, -1}).hasTies()).isFalse();
    }

    /// The share of the 2^n signs whose sum of positive ranks is as far out as the observed one, both sides.
    private static double countedOut(double[] a, double[] b) {
        var differences = new ArrayList<Double>();
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                differences.add(a[i] - b[i]);
            }
        }
        int n = differences.size();
        if (n == 0) {
            return 1;
        }
        var ranks = new double[n];
        for (int i = 0; i < n; i++) {
            double size = Math.abs(differences.get(i));
            double below = differences.stream().filter(d -> Math.abs(d) < size).count();
            double equal = differences.stream().filter(d -> Math.abs(d) == size).count();
            ranks[i] = below + (equal + 1) / 2;
        }
        double observed = sum(ranks, i -> differences.get(i) > 0);
        int low = 0;
        int high = 0;
        for (int signs = 0; signs < 1 << n; signs++) {
            int chosen = signs;
            double sum = sum(ranks, i -> (chosen >> i & 1) == 1);
            low += sum <= observed ? 1 : 0;
            high += sum >= observed ? 1 : 0;
        }
        return Math.min(1, 2.0 * Math.min(low, high) / (1 << n));
    }

    private static double sum(double[] ranks, IntPredicate isIn) {
        double sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            sum += isIn.test(i) ? ranks[i] : 0;
        }
        return sum;
    }

    private static List<Prediction> answers(SplittableRandom random, int n) {
        var texts = List.of("red", "green", "blue", "red blue");
        var answers = new Prediction[n];
        Arrays.setAll(
                answers,
                i ->
                        new Prediction(
                                "q" + i, texts.get(random.nextInt(4)), List.of(texts.get(i % 4))));
        return List.of(answers);
    }
}
