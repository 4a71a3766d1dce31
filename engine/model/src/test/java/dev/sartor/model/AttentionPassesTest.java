package dev.sartor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.KvCachePages;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of pass against attention written as loops, under every kind of rule.
class AttentionPassesTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

    /// As the tiny Llama has them.
    private static final int HEADS = 4;

    private static final int GROUPS = 2;
    private static final int WIDTH = 8;
    private static final int OUT = HEADS * WIDTH;
    private static final int PREFIX = 5;

    static Stream<Arguments> rules() {
        var all = OptionalInt.empty();
        var none = OptionalDouble.empty();
        return Stream.of(
                argumentSet("full", new AttentionRule(0.35, all, none)),
                argumentSet("window of 1", new AttentionRule(0.35, OptionalInt.of(1), none)),
                argumentSet("window of 4", new AttentionRule(0.35, OptionalInt.of(4), none)),
                argumentSet("window of 9", new AttentionRule(0.35, OptionalInt.of(9), none)),
                argumentSet("soft cap", new AttentionRule(0.35, all, OptionalDouble.of(0.4))),
                argumentSet("both", new AttentionRule(2, OptionalInt.of(6), OptionalDouble.of(3))));
    }

    /// Queries, keys and values of tokens.
    private record Projected(float[] query, float[] key, float[] value) {
        static Projected random(int tokens, int seed) {
            var random = new Random(seed);
            return new Projected(
                    floats(random, tokens * OUT),
                    floats(random, tokens * GROUPS * WIDTH),
                    floats(random, tokens * GROUPS * WIDTH));
        }

        private static float[] floats(Random random, int count) {
            var values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return values;
        }

        int tokens() {
            return query.length / OUT;
        }

        /// These tokens, in this order.
        Projected picked(int... tokens) {
            return new Projected(
                    rows(query, OUT, tokens),
                    rows(key, GROUPS * WIDTH, tokens),
                    rows(value, GROUPS * WIDTH, tokens));
        }

        float[] attend(Pass pass, AttentionRule rule) {
            return pass.attend(
                            0,
                            rule,
                            tensor(query, HEADS),
                            tensor(key, GROUPS),
                            tensor(value, GROUPS))
                    .toFloats();
        }

        private Tensor tensor(float[] values, int heads) {
            return Tensors.of(values, tokens(), heads, WIDTH);
        }

        /// What the last of these tokens gets when they are one text.
        float[] last(AttentionRule rule) {
            int at = tokens() - 1;
            return seeing(rule, at, other -> at - other < rule.window().orElse(1 << 30));
        }

        float[] seeing(AttentionRule rule, int at, IntPredicate seen) {
            var out = new float[OUT];
            for (int head = 0; head < HEADS; head++) {
                var weights = new double[tokens()];
                double sum = 0;
                for (int other = 0; other < weights.length; other++) {
                    if (seen.test(other)) {
                        weights[other] = Math.exp(score(rule, at, other, head));
                        sum += weights[other];
                    }
                }
                for (int other = 0; other < weights.length; other++) {
                    for (int i = 0; i < WIDTH; i++) {
                        out[head * WIDTH + i] +=
                                (float) (weights[other] / sum * value[place(other, head) + i]);
                    }
                }
            }
            return out;
        }

        private double score(AttentionRule rule, int at, int other, int head) {
            double dot = 0;
            for (int i = 0; i < WIDTH; i++) {
                dot += query[at * OUT + head * WIDTH + i] * key[place(other, head) + i];
            }
            double score = dot * rule.scale();
            return rule.softCap().isPresent()
                    ? rule.softCap().getAsDouble() * Math.tanh(score / rule.softCap().getAsDouble())
                    : score;
        }

        private static int place(int token, int head) {
            return (token * GROUPS + head / (HEADS / GROUPS)) * WIDTH;
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void wholeRowsAfterASharedPrefix(AttentionRule rule) {
        var tokens = Projected.random(PREFIX + 7 + 3 + 2, 1);
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var pass = RowsPass.ragged(PREFIX, new int[] {7, 3}, 2, DType.F32);
                var attended = tokens.attend(pass, rule);
                for (int i = 0; i < PREFIX + 7; i++) {
                    var text = range(0, i + 1);
                    assertRow(attended, i, tokens.picked(text).last(rule));
                }
                for (int i = 0; i < 3; i++) {
                    var text = joined(range(0, PREFIX), range(PREFIX + 7, PREFIX + 7 + i + 1));
                    assertRow(attended, PREFIX + 7 + i, tokens.picked(text).last(rule));
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("rules")
    void longRowsInBlocks(AttentionRule rule) {
        var tokens = Projected.random(3 + 530, 2);
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var attended = tokens.attend(RowsPass.of(3, 1, 530, DType.F32), rule);
                for (int i = 0; i < tokens.tokens(); i += 13) {
                    assertRow(attended, i, tokens.picked(range(0, i + 1)).last(rule));
                }
            }
        });
    }

    /// Two texts of different lengths that share their first page, which the same pass computes; then trees of
    /// continuations, and then a next token of each in the tree's place.
    @ParameterizedTest
    @MethodSource("rules")
    void textsBranchesAndStepsInPages(AttentionRule rule) {
        int shared = KvCachePages.PAGE;
        int[] lengths = {shared + 4, shared + 2};
        int[][] pages = {{0, 1}, {0, 2}};
        int[][] texts = {range(0, shared + 4), joined(range(0, shared), shared + 4, shared + 5)};
        int ahead = shared + 6;
        var tokens = Projected.random(ahead + 2 * 3, 3);
        Engine.run(() -> {
            try (var _ = TensorScope.open();
                    var kept = new KvCachePages(1, GROUPS, WIDTH, 3, DType.F32)) {
                var whole =
                        paged(
                                kept,
                                KvCachePass.Span.next(pages[0], 0, lengths[0]),
                                KvCachePass.Span.next(pages[1], shared, 2));
                var filled = tokens.picked(range(0, ahead)).attend(whole, rule);
                for (int i = 0; i < lengths[0]; i++) {
                    assertRow(filled, i, tokens.picked(range(0, i + 1)).last(rule));
                }
                assertRow(filled, ahead - 1, tokens.picked(texts[1]).last(rule));
                var tree =
                        paged(
                                kept,
                                new KvCachePass.Span(pages[0], lengths[0], new int[] {-1, 0, 0}),
                                new KvCachePass.Span(pages[1], lengths[1], new int[] {-1, 0, 0}));
                var branches = tokens.picked(range(ahead, ahead + 6)).attend(tree, rule);
                var step =
                        paged(
                                kept,
                                KvCachePass.Span.next(pages[0], lengths[0], 1),
                                KvCachePass.Span.next(pages[1], lengths[1], 1));
                var newest = tokens.picked(ahead, ahead + 3).attend(step, rule);
                for (int row = 0; row < 2; row++) {
                    int first = ahead + 3 * row;
                    var next = tokens.picked(joined(texts[row], first)).last(rule);
                    assertRow(branches, 3 * row, next);
                    assertRow(newest, row, next);
                    for (int leaf = 1; leaf < 3; leaf++) {
                        var path = joined(texts[row], first, first + leaf);
                        assertRow(branches, 3 * row + leaf, tokens.picked(path).last(rule));
                    }
                }
            }
        });
    }

    private static KvCachePass paged(KvCachePages kept, KvCachePass.Span... spans) {
        return new KvCachePass(kept, List.of(spans), DType.F32);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void bothWaysInAnEncoder(AttentionRule rule) {
        var tokens = Projected.random(10, 4);
        int[] lengths = {6, 4};
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var texts = List.of(new int[6], new int[4]);
                var attended = tokens.attend(EncoderPass.of(texts, DType.F32), rule);
                for (int row = 0; row < 2; row++) {
                    var text = tokens.picked(range(6 * row, 6 * row + lengths[row]));
                    for (int i = 0; i < lengths[row]; i++) {
                        int at = i;
                        int window = rule.window().orElse(1 << 30);
                        var expected = text.seeing(rule, at, o -> Math.abs(at - o) < window);
                        assertRow(attended, 6 * row + i, expected);
                    }
                }
            }
        });
    }

    @Test
    void aRuleThatHidesTheTokenItselfIsRefused() {
        assertThatThrownBy(() -> new AttentionRule(1, OptionalInt.of(0), OptionalDouble.empty()))
                .hasMessageContaining("must be positive");
        assertThatThrownBy(() -> AttentionRule.full(8).within(OptionalInt.of(-3)))
                .hasMessageContaining("must be positive");
    }

    private static void assertRow(float[] attended, int token, float[] expected) {
        assertThat(Arrays.copyOfRange(attended, token * OUT, (token + 1) * OUT))
                .as("token %d", token)
                .containsExactly(expected, TOLERANCE);
    }

    private static float[] rows(float[] values, int width, int[] rows) {
        var picked = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, picked, i * width, width);
        }
        return picked;
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static int[] joined(int[] one, int... other) {
        return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
    }
}
