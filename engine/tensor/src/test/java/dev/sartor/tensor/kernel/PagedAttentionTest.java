package dev.sartor.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagedAttentionTest {
    private static final int LAYERS = 2;
    private static final int PAGES = 9;
    private static final int[] ORDER = {7, 2, 5, 0}; // a text's pages lie anywhere

    private final SplittableRandom random = new SplittableRandom(3);

    @ParameterizedTest
    @CsvSource({
        "64, 3, 9, F32, 1e-5",
        "64, 3, 9, BF16, 2e-2",
        "12, 2, 2, F32, 1e-5",
        "20, 1, 7, F32, 1e-5"
    })
    void equalsTheFormula(int width, int groups, int heads, DType type, float tolerance) {
        int tokens = 50;
        var text = new Text(tokens, groups, heads, width);
        var rule =
                new PagedAttention.Rule(
                        1 / Math.sqrt(width), Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
        var computed = text.attend(type, rule, 0, tokens);
        for (int token = 0; token < tokens; token++) {
            assertClose(computed, token, text.expected(rule, token, new boolean[0]), tolerance);
        }
    }

    @Test
    void windowAndSoftCapAreKept() {
        var text = new Text(50, 2, 4, 32);
        var rule = new PagedAttention.Rule(0.7, 19, 2.5);
        var computed = text.attend(DType.F32, rule, 0, 50);
        for (int token = 0; token < 50; token++) {
            assertClose(computed, token, text.expected(rule, token, new boolean[0]), 1e-4f);
        }
    }

    @Test
    void tokenAloneHasTheSameResultBitForBit() {
        var text = new Text(50, 3, 9, 64);
        var rule = new PagedAttention.Rule(0.125, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
        var together = text.attend(DType.BF16, rule, 0, 50);
        var alone = text.attend(DType.BF16, rule, 31, 1);
        int row = 9 * 64;
        assertThat(Arrays.copyOfRange(together, 31 * row, 32 * row)).isEqualTo(alone);
    }

    @Test
    void branchSeesItsAncestorsOnly() {
        var text = new Text(40, 1, 2, 16);
        var rule = new PagedAttention.Rule(0.25, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
        var branch = new boolean[] {true, false, false, true};
        var computed =
                text.attend(
                        DType.F32,
                        rule,
                        List.of(new PagedAttention.Sight(ORDER, 40, 37, branch)),
                        39,
                        1);
        assertClose(computed, 0, text.expected(rule, 39, branch), 1e-5f);
    }

    @Test
    void valuesOfTokensThatWereNeverWrittenDoNotCount() {
        var text = new Text(20, 1, 2, 64);
        var rule = new PagedAttention.Rule(0.125, 1000, Double.POSITIVE_INFINITY);
        var computed =
                Engine.call(() -> {
                    try (var _ = TensorScope.open();
                            var pages = new KvCachePages(LAYERS, 1, 64, PAGES, DType.BF16)) {
                        var nothing = Tensors.full(Double.NaN, DType.F32, 64, 1, 64);
                        pages.write(1, nothing, nothing, text.places(64));
                        text.write(pages);
                        return text.attended(
                                pages, rule, List.of(PagedAttention.Sight.of(ORDER, 20)), 19, 1);
                    }
                });
        assertClose(computed, 0, text.expected(rule, 19, new boolean[0]), 2e-2f);
    }

    private static void assertClose(
            float[] computed, int token, float[] expected, float tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(computed[token * expected.length + i])
                    .as("token %d, place %d", token, i)
                    .isCloseTo(expected[i], within(tolerance));
        }
    }

    /// Random queries, keys and values of a text.
    private final class Text {
        private final int tokens;
        private final int groups;
        private final int heads;
        private final int width;
        private final float[] q;
        private final float[] k;
        private final float[] v;

        Text(int tokens, int groups, int heads, int width) {
            this.tokens = tokens;
            this.groups = groups;
            this.heads = heads;
            this.width = width;
            q = normal(tokens * heads * width);
            k = normal(tokens * groups * width);
            v = normal(tokens * groups * width);
        }

        float[] attend(DType type, PagedAttention.Rule rule, int first, int count) {
            var sights = new ArrayList<PagedAttention.Sight>();
            for (int token = first; token < first + count; token++) {
                sights.add(PagedAttention.Sight.of(ORDER, token + 1));
            }
            return attend(type, rule, sights, first, count);
        }

        float[] attend(
                DType type,
                PagedAttention.Rule rule,
                List<PagedAttention.Sight> sights,
                int first,
                int count) {
            return Engine.call(() -> {
                try (var _ = TensorScope.open();
                        var pages = new KvCachePages(LAYERS, groups, width, PAGES, type)) {
                    write(pages);
                    return attended(pages, rule, sights, first, count);
                }
            });
        }

        int[] places(int count) {
            var places = new int[count];
            Arrays.setAll(
                    places,
                    t -> ORDER[t / KvCachePages.PAGE] * KvCachePages.PAGE + t % KvCachePages.PAGE);
            return places;
        }

        void write(KvCachePages pages) {
            pages.write(
                    1,
                    Tensors.of(k, tokens, groups, width),
                    Tensors.of(v, tokens, groups, width),
                    places(tokens));
        }

        float[] attended(
                KvCachePages pages,
                PagedAttention.Rule rule,
                List<PagedAttention.Sight> sights,
                int first,
                int count) {
            return new PagedAttention(pages, 1, rule)
                    .of(Tensors.of(q, tokens, heads, width).slice(0, first, count), sights)
                    .toFloats();
        }

        float[] expected(PagedAttention.Rule rule, int token, boolean[] branch) {
            var out = new float[heads * width];
            for (int head = 0; head < heads; head++) {
                int group = head / (heads / groups);
                var weights = new double[token + 1];
                double sum = 0;
                for (int t = Math.max(0, token + 1 - rule.window()); t <= token; t++) {
                    int back = token + 1 - t;
                    if (back <= branch.length && !branch[branch.length - back]) {
                        continue;
                    }
                    double score = 0;
                    for (int i = 0; i < width; i++) {
                        score +=
                                (double) q[(token * heads + head) * width + i]
                                        * k[(t * groups + group) * width + i];
                    }
                    score *= rule.scale();
                    score =
                            Double.isFinite(rule.softCap())
                                    ? rule.softCap() * Math.tanh(score / rule.softCap())
                                    : score;
                    weights[t] = Math.exp(score);
                    sum += weights[t];
                }
                for (int t = 0; t <= token; t++) {
                    for (int i = 0; i < width; i++) {
                        out[head * width + i] +=
                                (float) (weights[t] / sum * v[(t * groups + group) * width + i]);
                    }
                }
            }
            return out;
        }
    }

    private float[] normal(int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
