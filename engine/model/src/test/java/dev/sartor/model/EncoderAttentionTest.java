package dev.sartor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.sartor.core.Json;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts so long that their scores are computed in blocks of queries, against attention written as loops.
class EncoderAttentionTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
    private static final int HEADS = 2;
    private static final int WIDTH = 4;
    private static final int OUT = HEADS * WIDTH;

    /// Scores of 2 texts and 2 heads would take 144 MB at once; the last blocks hold padding alone in the second text.
    private static final int[] LENGTHS = {3001, 1500};

    private static final RelativePositions.Buckets BUCKETS =
            new RelativePositions.Buckets(32, 128, true);

    private static final ModelConfig CONFIG =
            new ModelConfig("config.json", Json.mapper().createObjectNode());

    static Stream<Arguments> rules() {
        var none = OptionalDouble.empty();
        var all = OptionalInt.empty();
        return Stream.of(
                argumentSet("full", new AttentionRule(0.5, all, none), false),
                argumentSet("capped", new AttentionRule(0.5, all, OptionalDouble.of(0.7)), false),
                argumentSet("near", new AttentionRule(0.5, OptionalInt.of(65), none), false),
                argumentSet("alone", new AttentionRule(0.5, OptionalInt.of(1), none), false),
                argumentSet("far", new AttentionRule(0.5, OptionalInt.of(1400), none), false),
                argumentSet("by distance", new AttentionRule(0.5, all, none), true),
                argumentSet("both", new AttentionRule(0.5, OptionalInt.of(9), none), true));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void longTextsAreAttendedToAsIfAtOnce(AttentionRule rule, boolean byDistance) {
        var random = new Random(5);
        int tokens = LENGTHS[0] + LENGTHS[1];
        var query = floats(random, tokens * OUT);
        var key = floats(random, tokens * OUT);
        var value = floats(random, tokens * OUT);
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var table = Tensors.of(floats(random, 32 * HEADS), 32, HEADS);
                var bias =
                        byDistance
                                ? Optional.of(RelativePositions.of(CONFIG, table, BUCKETS))
                                : Optional.<RelativePositions>empty();
                var texts = List.of(new int[LENGTHS[0]], new int[LENGTHS[1]]);
                var plain = EncoderPass.of(texts, DType.F32);
                var pass = bias.isPresent() ? plain.with(bias.get()) : plain;
                var attended =
                        pass.attend(0, rule, heads(query), heads(key), heads(value)).toFloats();
                int first = 0;
                for (int length : LENGTHS) {
                    for (int at = 0; at < length; at += 83) {
                        var added = added(bias, at, length);
                        var expected =
                                new Row(query, key, value, first, length).at(at, rule, added);
                        int place = (first + at) * OUT;
                        assertThat(Arrays.copyOfRange(attended, place, place + OUT))
                                .as("token %d of %d", at, length)
                                .containsExactly(expected, TOLERANCE);
                    }
                    first += length;
                }
            }
        });
    }

    /// For each head and key.
    private static float[] added(Optional<RelativePositions> bias, int at, int length) {
        return bias.map(b -> b.between(at, 1, length).toFloats())
                .orElseGet(() -> new float[HEADS * length]);
    }

    private static Tensor heads(float[] values) {
        return Tensors.of(values, values.length / OUT, HEADS, WIDTH);
    }

    private static float[] floats(Random random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /// A text of all that were projected.
    private record Row(float[] query, float[] key, float[] value, int first, int length) {
        float[] at(int at, AttentionRule rule, float[] added) {
            var out = new float[OUT];
            int reach = rule.window().orElse(1 << 30);
            for (int head = 0; head < HEADS; head++) {
                var weights = new double[length];
                double sum = 0;
                for (int other = 0; other < length; other++) {
                    if (Math.abs(at - other) < reach) {
                        double score = score(rule, at, other, head) + added[head * length + other];
                        weights[other] = Math.exp(score);
                        sum += weights[other];
                    }
                }
                for (int other = 0; other < length; other++) {
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
                dot += query[place(at, head) + i] * key[place(other, head) + i];
            }
            double score = dot * rule.scale();
            return rule.softCap().isPresent()
                    ? rule.softCap().getAsDouble() * Math.tanh(score / rule.softCap().getAsDouble())
                    : score;
        }

        private int place(int token, int head) {
            return (first + token) * OUT + head * WIDTH;
        }
    }
}
