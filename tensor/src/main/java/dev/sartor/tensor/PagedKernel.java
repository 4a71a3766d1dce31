package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The arithmetic of {@link PagedAttention} for four queries of one group at a time, with scratch memory of one thread.
final class PagedKernel {
    static final int TOGETHER = 4;

    private static final int PAGE = KeyValuePages.PAGE;
    private static final VectorSpecies<Float> SPECIES = RowKernels.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    /// Consecutive queries of a group: query i is of token i ÷ share and the group's head i mod share.
    record Block(int first, int count) {}

    private final KeyValuePages pages;
    private final int layer;
    private final PagedAttention.Rule rule;
    private final int heads;
    private final int share;
    private final float[] query;
    private final float[][] scores = new float[TOGETHER][0];
    private final float[] sums = new float[TOGETHER];
    private final MemorySegment memory;
    private final boolean wide;
    private final int width;

    PagedKernel(KeyValuePages pages, int layer, PagedAttention.Rule rule, int heads) {
        this.pages = pages;
        this.layer = layer;
        this.rule = rule;
        this.heads = heads;
        this.share = heads / pages.groups();
        this.memory = pages.memory();
        this.wide = pages.isWide();
        this.width = pages.headWidth();
        this.query = new float[TOGETHER * width];
    }

    void attend(
            StridedRows queries,
            List<PagedAttention.Sight> sights,
            Block block,
            int group,
            MemorySegment out) {
        var last = sights.get((block.first() + block.count() - 1) / share);
        int from = firstSeen(sights.get(block.first() / share)) / PAGE;
        int to = (last.seen() + PAGE - 1) / PAGE;
        load(queries, block, group);
        reserve(to * PAGE);
        for (int page = from; page < to; page++) {
            score(pages.keys(layer, last.pages()[page], group), page * PAGE);
        }
        for (int i = 0; i < block.count(); i++) {
            hide(scores[i], sights.get((block.first() + i) / share), from * PAGE, to * PAGE);
            sums[i] = weigh(scores[i], from * PAGE, to * PAGE);
        }
        for (int column = 0; column < width; column += LANES) {
            blend(last, group, column, from, block, out);
        }
    }

    private int firstSeen(PagedAttention.Sight sight) {
        return Math.max(0, sight.position() + 1 - rule.window());
    }

    /// Unused places take the first query's, and their results are dropped.
    private void load(StridedRows queries, Block block, int group) {
        for (int i = 0; i < TOGETHER; i++) {
            int at = block.first() + (i < block.count() ? i : 0);
            for (int d = 0; d < width; d++) {
                query[i * width + d] =
                        (float)
                                (rule.scale()
                                        * queries.get(at / share, group * share + at % share, d));
            }
        }
    }

    private void reserve(int tokens) {
        if (scores[0].length < tokens) {
            for (int i = 0; i < TOGETHER; i++) {
                scores[i] = new float[tokens + 16 * PAGE];
            }
        }
    }

    private FloatVector vector(long at) {
        if (wide) {
            return FloatVector.fromMemorySegment(SPECIES, memory, at, RowKernels.ORDER);
        }
        var halves = ShortVector.fromMemorySegment(HALVES, memory, at, RowKernels.ORDER);
        return ((IntVector) halves.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }

    /// @param keys where the page's begin
    private void score(long keys, int token) {
        int bytes = wide ? 4 : 2;
        for (int t = 0; t < PAGE; t += LANES) {
            var a = FloatVector.zero(SPECIES);
            var b = a;
            var c = a;
            var e = a;
            for (int d = 0; d < width; d++) {
                var k = vector(keys + (long) (d * PAGE + t) * bytes);
                a = k.lanewise(VectorOperators.FMA, query[d], a);
                b = k.lanewise(VectorOperators.FMA, query[width + d], b);
                c = k.lanewise(VectorOperators.FMA, query[2 * width + d], c);
                e = k.lanewise(VectorOperators.FMA, query[3 * width + d], e);
            }
            a.intoArray(scores[0], token + t);
            b.intoArray(scores[1], token + t);
            c.intoArray(scores[2], token + t);
            e.intoArray(scores[3], token + t);
        }
    }

    private void hide(float[] row, PagedAttention.Sight sight, int from, int to) {
        if (Double.isFinite(rule.softCap())) {
            float cap = (float) rule.softCap();
            for (int t = from; t < to; t += LANES) {
                Exponential.tanh(FloatVector.fromArray(SPECIES, row, t).div(cap))
                        .mul(cap)
                        .intoArray(row, t);
            }
        }
        Arrays.fill(row, from, firstSeen(sight), Float.NEGATIVE_INFINITY);
        Arrays.fill(row, sight.seen(), to, Float.NEGATIVE_INFINITY);
        for (int t = sight.seen() - sight.branch().length; t < sight.seen(); t++) {
            if (sight.hides(t)) {
                row[t] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /// Scores become weights; returns their sum.
    private static float weigh(float[] row, int from, int to) {
        var most = FloatVector.fromArray(SPECIES, row, from);
        for (int t = from + LANES; t < to; t += LANES) {
            most = most.max(FloatVector.fromArray(SPECIES, row, t));
        }
        float largest = most.reduceLanes(VectorOperators.MAX);
        var sum = FloatVector.zero(SPECIES);
        for (int t = from; t < to; t += LANES) {
            var score = FloatVector.fromArray(SPECIES, row, t);
            var weight = Exponential.of(score.sub(largest));
            weight = weight.blend(0, score.eq(Float.NEGATIVE_INFINITY));
            weight.intoArray(row, t);
            sum = sum.add(weight);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    /// Some columns of the values' weighted sums.
    private void blend(
            PagedAttention.Sight last,
            int group,
            int column,
            int fromPage,
            Block block,
            MemorySegment out) {
        int bytes = wide ? 4 : 2;
        var a = FloatVector.zero(SPECIES);
        var b = a;
        var c = a;
        var e = a;
        for (int token = fromPage * PAGE; token < last.seen(); token += PAGE) {
            long values =
                    pages.values(layer, last.pages()[token / PAGE], group) + (long) column * bytes;
            int count = Math.min(PAGE, last.seen() - token);
            for (int t = 0; t < count; t++) {
                var v = vector(values + (long) t * pages.valueWidth() * bytes);
                a = v.lanewise(VectorOperators.FMA, scores[0][token + t], a);
                b = v.lanewise(VectorOperators.FMA, scores[1][token + t], b);
                c = v.lanewise(VectorOperators.FMA, scores[2][token + t], c);
                e = v.lanewise(VectorOperators.FMA, scores[3][token + t], e);
            }
        }
        store(a, 0, block, group, column, out);
        store(b, 1, block, group, column, out);
        store(c, 2, block, group, column, out);
        store(e, 3, block, group, column, out);
    }

    private void store(
            FloatVector sum, int i, Block block, int group, int column, MemorySegment out) {
        if (i >= block.count()) {
            return;
        }
        int token = (block.first() + i) / share;
        int head = group * share + (block.first() + i) % share;
        long at = (((long) token * heads + head) * width + column) * Float.BYTES;
        var result = sum.mul(1 / sums[i]);
        if (column + LANES <= width) {
            result.intoMemorySegment(out, at, RowKernels.ORDER);
        } else {
            result.intoMemorySegment(
                    out, at, RowKernels.ORDER, SPECIES.indexInRange(column, width));
        }
    }
}
