package dev.sartor.generate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.constrain.TokenSet;
import dev.sartor.core.Penalties;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.Truncation;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSamplerTest {
    private static final int VOCABULARY = 49_152;
    private static final Sampling WARM = Sampling.greedy().withTemperature(0.8);

    @Test
    void withoutATemperatureTheLargestLogitIsTakenTheFirstOfEqualOnes() {
        var sampler = new TokenSampler(Sampling.greedy(), new int[0]);
        assertThat(sampler.isPlainlyGreedy()).isTrue();
        assertThat(sampler.next(new float[] {9, 1, 3, 3, 2}, 1, 4)).isEqualTo(1);
    }

    @Test
    void theSameSeedAndLogitsGiveTheSameTokens() {
        var logits = logits(3);
        var one = new TokenSampler(WARM.withSeed(5), new int[0]);
        var same = new TokenSampler(WARM.withSeed(5), new int[] {1, 2});
        var other = new TokenSampler(WARM.withSeed(6), new int[0]);
        var drawn = draws(one, logits, 50);
        assertThat(draws(same, logits, 50)).containsExactly(drawn);
        assertThat(draws(other, logits, 50)).isNotEqualTo(drawn);
    }

    @Test
    void severalAnswersHaveSeedsOfTheirOwnAndTheFirstKeepsIts() {
        var seeds =
                IntStream.range(0, 16).mapToLong(i -> WARM.withSeed(7).forAnswer(i).seed()).boxed();
        assertThat(seeds).startsWith(7L).doesNotHaveDuplicates();
        // The next numbers of SplitMix64 from 7 on, as the JDK's generator gives them.
        assertThat(WARM.withSeed(7).forAnswer(1).seed())
                .isEqualTo(new SplittableRandom(7).nextLong());
    }

    @Test
    void tokensComeAsOftenAsTheirProbabilitiesSay() {
        var logits = new float[] {0, 1, 2, -3, 2.5f};
        var counts = counts(WARM, logits, 200_000);
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit / 0.8);
        }
        for (int i = 0; i < logits.length; i++) {
            // five standard errors of 200,000 draws are at most 0.0056
            assertThat(counts[i] / 200_000.0)
                    .isCloseTo(Math.exp(logits[i] / 0.8) / sum, within(0.006));
        }
    }

    /// The sets that transformers 5.24.0's TopK-, TopP- and MinPLogitsWarper leave of the logits ln(1…8) in turn.
    @ParameterizedTest
    @CsvSource({
        // k, p, min-p, smallest token left (token i has i + 1 parts of 36)
        "0, 1, 0, 0",
        "3, 1, 0, 5",
        "0, 0.5, 0, 5", // 8 + 7 of 36 are less than half, with 6 they are more
        "0, 0.41, 0, 6",
        "0, 0.01, 0, 7",
        "0, 1, 0.49, 3", // 4 is half of 8
        "0, 1, 0.51, 4",
        "0, 1, 1, 7",
        "4, 0.5, 0, 6", // of 5 + 6 + 7 + 8 the last two are more than half
        "4, 0.5, 0.9, 7",
        "2, 0.99, 0.1, 6",
    })
    void theFiltersLeaveWhatTransformersLeaves(int k, double p, double minP, int smallest) {
        var logits = new float[8];
        for (int i = 0; i < 8; i++) {
            logits[i] = (float) Math.log(i + 1);
        }
        var sampling = WARM.withTemperature(1).with(new Truncation(k, p, minP));
        var counts = counts(sampling, logits, 20_000);
        for (int i = 0; i < 8; i++) {
            assertThat(counts[i] > 0).as("token %d", i).isEqualTo(i >= smallest);
        }
    }

    /// Against a plain computation: sort, sum, cut.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9, 0.99})
    void topPOfAWholeVocabularyIsTheSmallestSetThatReachesIt(double p) {
        var logits = logits(11);
        var wanted = nucleus(logits, p);
        var counts = counts(WARM.withTopP(p), logits, 1000);
        for (int token = 0; token < VOCABULARY; token++) {
            assertThat(counts[token] > 0 && !wanted.contains(token))
                    .as("token %d", token)
                    .isFalse();
        }
        var likeliest = Logits.largest(logits, 0, VOCABULARY);
        assertThat(counts[likeliest]).isPositive();
    }

    @Test
    void aRepetitionPenaltyDividesPositiveLogitsAndMultipliesNegativeOnes() {
        var sampling = Sampling.greedy().with(new Penalties(2, 0, 0));
        var logits = new float[] {3, 2, 1.9f, -1, -1.5f};
        var sampler = new TokenSampler(sampling, new int[] {0});
        assertThat(sampler.isPlainlyGreedy()).isFalse();
        assertThat(sampler.next(logits, 0, 5)).isEqualTo(1); // 3 / 2 is less than 2
        assertThat(sampler.next(logits, 0, 5)).isEqualTo(2); // so is 2 / 2
        var negative = new TokenSampler(sampling, new int[] {3});
        assertThat(negative.next(logits, 3, 2)).isZero(); // the prompt's token 3 is another place
        var both = new TokenSampler(sampling, new int[] {0});
        assertThat(both.next(new float[] {-1, -1.5f}, 0, 2)).isEqualTo(1); // −1 × 2 is less
    }

    @Test
    void frequencyAndPresenceCountTheAnswerOnly() {
        var logits = new float[] {1, 0.75f};
        var frequent =
                new TokenSampler(
                        Sampling.greedy().with(new Penalties(1, 0.1, 0)), new int[] {0, 0, 0});
        // 1, 0.9, 0.8, then 0.7 is less than 0.75
        assertThat(draws(frequent, logits, 4)).containsExactly(0, 0, 0, 1);
        var present =
                new TokenSampler(Sampling.greedy().with(new Penalties(1, 0, 0.2)), new int[] {0});
        // once is as bad as often: 0.8 stays the larger one
        assertThat(draws(present, logits, 3)).containsExactly(0, 0, 0);
    }

    @Test
    void aBiasIsAddedAndOneForAnUnknownTokenIsRefusedByName() {
        var logits = new float[] {1, 0};
        var sampler = new TokenSampler(Sampling.greedy().withLogitBias(Map.of(1, 1.5)), new int[0]);
        assertThat(sampler.next(logits, 0, 2)).isEqualTo(1);
        var unknown = new TokenSampler(Sampling.greedy().withLogitBias(Map.of(2, 1.0)), new int[0]);
        assertThatThrownBy(() -> unknown.next(logits, 0, 2))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("logit_bias must be of tokens from 0 to 1");
    }

    @Test
    void onlyAllowedTokensAreTaken() {
        var logits = logits(4);
        var allowed = new TokenSet(VOCABULARY);
        for (int token : new int[] {0, 63, 64, 7_000, VOCABULARY - 1}) {
            allowed.add(token);
        }
        var sampler = new TokenSampler(WARM.withTemperature(2), new int[0]);
        for (int i = 0; i < 200; i++) {
            assertThat(allowed.contains(sampler.next(logits, 0, VOCABULARY, allowed))).isTrue();
        }
        var alone = new TokenSet(VOCABULARY);
        alone.add(17);
        assertThat(sampler.next(logits, 0, VOCABULARY, alone)).isEqualTo(17);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aLogitThatIsNoNumberStopsTheRequest(float broken) {
        var logits = logits(1);
        logits[30_000] = broken;
        for (var sampling : new Sampling[] {Sampling.greedy(), WARM, WARM.withTopP(0.5)}) {
            var sampler = new TokenSampler(sampling, new int[0]);
            assertThatThrownBy(() -> sampler.next(logits, 0, VOCABULARY))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("logit 30000");
        }
    }

    @Test
    void minusInfinityIsNeverDrawn() {
        var logits = new float[] {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY, 0};
        var counts = counts(WARM.withTemperature(2), logits, 1000);
        assertThat(counts[0] + counts[2]).isZero();
    }

    @Test
    void logProbabilitiesAreThoseOfTheWholeDistribution() {
        var logits = new float[] {7, 0, (float) Math.log(2), (float) Math.log(5)};
        var scores = LogProbabilities.of(logits, 1, 3, 0, 2);
        assertThat(scores.chosen()).isCloseTo(Math.log(1 / 8.0), within(1e-6));
        assertThat(scores.top()).containsExactly(2, 1);
        assertThat(scores.values()[0]).isCloseTo(Math.log(5 / 8.0), within(1e-6));
        assertThat(LogProbabilities.of(logits, 1, 3, 0, 0).top()).isEmpty();
        assertThat(LogProbabilities.of(logits, 0, 4, 0, 20).top()).containsExactly(0, 3, 2, 1);
    }

    private static java.util.Set<Integer> nucleus(float[] logits, double p) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit / 0.8);
        }
        var order =
                IntStream.range(0, logits.length)
                        .boxed()
                        .sorted((a, b) -> Float.compare(logits[b], logits[a]))
                        .toList();
        var set = new java.util.HashSet<Integer>();
        double reached = 0;
        // A thousandth of a percent more: rounding may let the next one in.
        for (int i = 0; reached < p * sum * 1.00001; i++) {
            set.add(order.get(i));
            reached += Math.exp(logits[order.get(i)] / 0.8);
        }
        return set;
    }

    private static int[] counts(Sampling sampling, float[] logits, int draws) {
        var sampler = new TokenSampler(sampling, new int[0]);
        var counts = new int[logits.length];
        for (int i = 0; i < draws; i++) {
            counts[sampler.next(logits, 0, logits.length)]++;
        }
        return counts;
    }

    private static int[] draws(TokenSampler sampler, float[] logits, int count) {
        return IntStream.range(0, count).map(i -> sampler.next(logits, 0, logits.length)).toArray();
    }

    /// Shaped like a language model's: most far below a few.
    private static float[] logits(long seed) {
        var random = new SplittableRandom(seed);
        var logits = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            logits[i] = (float) random.nextGaussian(0, 3);
        }
        return logits;
    }
}
