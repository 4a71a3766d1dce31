package dev.sartor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.PairedTests;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.statistics.Proportions;
import dev.sartor.evaluate.statistics.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PairedComparisonTest {
    private static final JsonNode MORE = Reference.read("more.json");

    @Test
    void aShareHasWilsonsInterval() {
        var score = Scores.score(Metric.named("accuracy"), answers(36 + 12, 50));
        assertThat(score.value()).isEqualTo(0.96);
        assertThat(score.count()).isEqualTo(50);
        assertThat(score.metric()).isEqualTo("accuracy");
        var wilson = Proportions.wilson(48, 50);
        assertThat(score.low()).isEqualTo(wilson.low());
        assertThat(score.high()).isEqualTo(wilson.high());
    }

    @Test
    void sharesAreComparedByNewcombeAndMcNemar() {
        // Newcombe's own example: 36 both, 12 the first alone, 2 the second alone
        var first = answers(48, 50);
        var second = new ArrayList<Prediction>();
        for (int i = 0; i < 50; i++) {
            second.add(answer(i, i < 36 || i >= 48));
        }
        var compared = PairedComparison.of(Metric.named("accuracy"), first, second);
        assertThat(compared.difference()).isCloseTo(0.2, within(1e-12));
        assertThat(compared.low()).isCloseTo(0.0569, within(5e-5));
        assertThat(compared.high()).isCloseTo(0.3404, within(5e-5));
        assertThat(compared.p()).isCloseTo(0.012939453125, within(1e-12));
        assertThat(compared.onlyA()).isEqualTo(12);
        assertThat(compared.onlyB()).isEqualTo(2);
    }

    @Test
    void theOrderOfTheSecondsAnswersDoesNotMatter() {
        var first = answers(30, 50);
        var second = answers(40, 50);
        var shuffled = new ArrayList<>(second);
        Collections.shuffle(shuffled, new Random(3));
        for (var metric : List.of(Metric.named("accuracy"), Metric.named("macro_f1"))) {
            assertThat(PairedComparison.of(metric, first, shuffled))
                    .isEqualTo(PairedComparison.of(metric, first, second));
        }
    }

    @Test
    void theBootstrapOfAMeanIsScipysWithinChance() {
        for (var row : MORE.get("bootstraps")) {
            var a = Reference.numbers(row.get("a"));
            var interval =
                    Resampling.bootstrap(a.length, Pool.meanOf(a)::over, Resampling.seeded());
            isNear(interval, row.get("mean"), a);
        }
    }

    @Test
    void theBootstrapOfAPairedDifferenceIsScipysWithinChance() {
        for (var row : MORE.get("bootstraps")) {
            var a = Reference.numbers(row.get("a"));
            var b = Reference.numbers(row.get("b"));
            var differences = new double[a.length];
            Arrays.setAll(differences, i -> a[i] - b[i]);
            var interval =
                    Resampling.bootstrap(
                            a.length, Pool.meanOf(differences)::over, Resampling.seeded());
            isNear(interval, row.get("difference"), differences);
        }
    }

    @Test
    void meansAreComparedByBootstrapAndSignedRanks() {
        var first = new ArrayList<Prediction>();
        var second = new ArrayList<Prediction>();
        var random = new Random(5);
        for (int i = 0; i < 80; i++) {
            first.add(new Prediction("q" + i, words(random, 3), List.of("one two three")));
            second.add(new Prediction("q" + i, words(random, 2), List.of("one two three")));
        }
        var metric = Metric.named("token_f1");
        var compared = PairedComparison.of(metric, first, second);
        var a = metric.perExample(first);
        var b = metric.perExample(second);
        assertThat(compared.p()).isEqualTo(PairedTests.wilcoxon(a, b));
        var differences = new double[a.length];
        Arrays.setAll(differences, i -> a[i] - b[i]);
        var expected =
                Resampling.bootstrap(a.length, Pool.meanOf(differences)::over, Resampling.seeded());
        assertThat(compared.low()).isCloseTo(expected.low(), within(1e-12));
        assertThat(compared.high()).isCloseTo(expected.high(), within(1e-12));
        assertThat(compared.difference()).isBetween(compared.low(), compared.high());
    }

    @Test
    void macroF1IsResampledOverExamplesAsScipyDoes() {
        var classes = MORE.get("classes");
        var labels = Reference.texts(classes.get("labels"));
        var predictions = Reference.predictions(classes.get("answer"), classes.get("reference"));
        var score = Scores.score(Metric.named("macro_f1", labels), predictions);
        var expected = classes.get("macro_f1_interval");
        // scipy drew 3,000 times: the ends' own standard error is about 0.002
        assertThat(score.low()).isCloseTo(expected.get(0).asDouble(), within(0.01));
        assertThat(score.high()).isCloseTo(expected.get(1).asDouble(), within(0.01));
    }

    @Test
    void macroF1IsComparedByRandomisationAsScipyDoes() {
        var classes = MORE.get("classes");
        var metric = Metric.named("macro_f1", Reference.texts(classes.get("labels")));
        var compared =
                PairedComparison.of(
                        metric,
                        Reference.predictions(
                                classes.get("without_errors"), classes.get("reference")),
                        Reference.predictions(classes.get("other"), classes.get("reference")));
        assertThat(compared.difference())
                .isCloseTo(classes.get("difference").asDouble(), within(1e-12));
        assertThat(compared.p()).isCloseTo(classes.get("difference_p").asDouble(), within(0.006));
        assertThat(compared.low()).isLessThan(compared.difference());
        assertThat(compared.high()).isGreaterThan(compared.difference());
    }

    @Test
    void aCandidateDoesNotDifferFromItself() {
        var answers = answers(30, 60);
        for (var name : Metric.names()) {
            var compared = PairedComparison.of(Metric.named(name), answers, answers);
            assertThat(compared.difference()).as(name).isZero();
            assertThat(compared.p()).as(name).isEqualTo(1);
            assertThat(compared.low()).as(name).isLessThanOrEqualTo(0);
            assertThat(compared.high()).as(name).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void theSameAnswersGiveTheSameIntervalEveryTime() {
        var answers = answers(30, 60);
        var metric = Metric.named("macro_f1");
        assertThat(Scores.score(metric, answers)).isEqualTo(Scores.score(metric, answers));
    }

    @Test
    void oneExampleSaysNothingAboutOthers() {
        var one = answers(1, 1);
        assertThat(Scores.score(Metric.named("token_f1"), one).low()).isZero();
        assertThat(Scores.score(Metric.named("token_f1"), one).high()).isEqualTo(1);
        assertThat(Scores.score(Metric.named("matthews"), one).low()).isEqualTo(-1);
        assertThat(PairedComparison.of(Metric.named("token_f1"), one, one).low()).isEqualTo(-1);
    }

    @Test
    void answersToOtherExamplesDoNotCompare() {
        var metric = Metric.named("accuracy");
        assertThatThrownBy(() -> PairedComparison.of(metric, answers(1, 3), answers(1, 4)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("answered 3 and 4 examples and share 3 ids");
        var twice = List.of(answer(1, true), answer(1, true));
        assertThatThrownBy(() -> PairedComparison.of(metric, twice, twice))
                .hasMessageContaining("share 1 ids");
    }

    /// Three quarters of a hundredth of the spread: ten thousand draws leave each end about 0.02 standard errors of the mean
    /// uncertain.
    private static void isNear(Interval interval, JsonNode expected, double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double error = Math.sqrt(variance) / values.length;
        assertThat(interval.low()).isCloseTo(expected.get(0).asDouble(), within(0.1 * error));
        assertThat(interval.high()).isCloseTo(expected.get(1).asDouble(), within(0.1 * error));
    }

    private static List<Prediction> answers(int right, int all) {
        return IntStream.range(0, all).mapToObj(i -> answer(i, i < right)).toList();
    }

    private static Prediction answer(int i, boolean right) {
        var reference = i % 2 == 0 ? "yes" : "no";
        return new Prediction("q" + i, right ? reference : "maybe", List.of(reference));
    }

    private static String words(Random random, int known) {
        return "one two three".substring(0, new int[] {3, 7, 13}[random.nextInt(known)]);
    }
}
