package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SamplingTest {
    private static final Sampling GREEDY = Sampling.greedy();

    @Test
    void greedyChangesNothing() {
        assertThat(GREEDY.temperature()).isZero();
        assertThat(GREEDY.truncation()).isEqualTo(Truncation.none());
        assertThat(GREEDY.penalties()).isEqualTo(Penalties.none());
        assertThat(GREEDY.topLogProbabilities()).isEmpty();
    }

    @Test
    void eachSettingLeavesTheOthers() {
        var sampling =
                GREEDY.withTemperature(0.7)
                        .with(new Truncation(40, 1, 0.1))
                        .withTopP(0.9)
                        .with(new Penalties(1.1, 0.5, -0.5))
                        .withLogitBias(Map.of(3, -100.0))
                        .withSeed(9)
                        .withStop(List.of("\n"))
                        .withTopLogProbabilities(2);
        assertThat(sampling.temperature()).isEqualTo(0.7);
        assertThat(sampling.truncation()).isEqualTo(new Truncation(40, 0.9, 0.1));
        assertThat(sampling.penalties()).isEqualTo(new Penalties(1.1, 0.5, -0.5));
        assertThat(sampling.logitBias()).isEqualTo(Map.of(3, -100.0));
        assertThat(sampling.seed()).isEqualTo(9);
        assertThat(sampling.stop()).containsExactly("\n");
        assertThat(sampling.topLogProbabilities()).hasValue(2);
    }

    /// Each names its setting.
    static Stream<Arguments> nonsense() {
        return Stream.of(
                refused("temperature must be 0 to 2, got 2.1", () -> GREEDY.withTemperature(2.1)),
                refused("temperature must be", () -> GREEDY.withTemperature(Double.NaN)),
                refused("top_p must be more than 0", () -> GREEDY.withTopP(0)),
                refused("top_k must be at least 0", () -> new Truncation(-1, 1, 0)),
                refused("min_p must be 0 to 1", () -> new Truncation(0, 1, 1.5)),
                refused("repetition_penalty must be", () -> new Penalties(0, 0, 0)),
                refused("frequency_penalty must be -2 to 2", () -> new Penalties(1, 2.5, 0)),
                refused("presence_penalty must be -2 to 2", () -> new Penalties(1, 0, -3)),
                refused("logit_bias must be", () -> GREEDY.withLogitBias(Map.of(-1, 1.0))),
                refused("logit_bias.7 must be", () -> GREEDY.withLogitBias(Map.of(7, 101.0))),
                refused("top_logprobs must be 0 to 20", () -> GREEDY.withTopLogProbabilities(21)),
                refused("max_tokens must be", () -> new AnswerForm.Matching("a", 0)),
                refused("max_tokens must be", () -> AnswerForm.JsonText.any(0)));
    }

    private static Arguments refused(String message, Supplier<Object> made) {
        return Arguments.of(message, made);
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsenseIsRefusedByName(String message, Supplier<Object> made) {
        assertThatThrownBy(made::get)
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(message);
    }

    @Test
    void severalAnswersNeverShareASeedNorAnothersNeighbour() {
        var seeds =
                IntStream.range(0, 1000)
                        .mapToObj(seed -> GREEDY.withSeed(seed))
                        .flatMap(s -> IntStream.range(0, 16).mapToObj(s::forAnswer))
                        .map(Sampling::seed);
        assertThat(seeds).doesNotHaveDuplicates();
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(GREEDY.withTemperature(2).temperature()).isEqualTo(2);
        assertThat(GREEDY.withTemperature(0).temperature()).isZero();
        assertThat(GREEDY.withTopLogProbabilities(20).topLogProbabilities()).hasValue(20);
        assertThat(GREEDY.withTopLogProbabilities(0).topLogProbabilities()).hasValue(0);
        assertThat(GREEDY.withLogitBias(Map.of(0, -100.0, 1, 100.0)).logitBias())
                .isEqualTo(Map.of(0, -100.0, 1, 100.0));
        assertThat(new Truncation(0, 1, 0)).isEqualTo(Truncation.none());
        assertThat(new Truncation(1, 1, 1).minP()).isEqualTo(1);
        assertThat(new Penalties(10, 2, -2).repetition()).isEqualTo(10);
        assertThat(new Penalties(10, -2, 2).frequency()).isEqualTo(-2);
    }

    @ParameterizedTest
    @MethodSource("barelyNonsense")
    void whatIsBeyondABoundIsRefused(String message, Supplier<Object> made) {
        assertThatThrownBy(made::get)
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> barelyNonsense() {
        return Stream.of(
                refused("temperature must be", () -> GREEDY.withTemperature(-0.1)),
                refused("top_logprobs must be", () -> GREEDY.withTopLogProbabilities(-1)),
                refused("logit_bias.7 must be", () -> GREEDY.withLogitBias(Map.of(7, -101.0))),
                refused("top_p must be", () -> GREEDY.withTopP(1.1)),
                refused("min_p must be", () -> new Truncation(0, 1, -0.1)),
                refused("repetition_penalty must be", () -> new Penalties(10.1, 0, 0)));
    }

    /// As Java's own `SplittableRandom` draws them, whose algorithm it is.
    @Test
    void theSeedsOfFurtherAnswersAreTheSplitMix64SequenceOfTheFirst() {
        for (long seed : new long[] {0, 1_234_567, -9}) {
            var sampling = GREEDY.withSeed(seed);
            var drawn = new SplittableRandom(seed);
            assertThat(sampling.forAnswer(0)).isEqualTo(sampling);
            for (int answer = 1; answer < 8; answer++) {
                assertThat(sampling.forAnswer(answer).seed()).isEqualTo(drawn.nextLong());
            }
        }
    }
}
