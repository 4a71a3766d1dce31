package dev.sartor.tensor.kernel;

import dev.sartor.tensor.Exponential;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.StridedRows;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The arithmetic of {@link PagedAttention} for four queries of one group at a time, with scratch memory of one thread.
final class PagedKernel {
    static final int TOGETHER = 4;

    private static final int PAGE = KvCachePages.PAGE;
    private static final VectorSpecies<Float> SPECIES = RowKernels.SPECIES;
    private static final int LANES = SPECIES.length();

    /// Consecutive queries of a group: query i is of token i ÷ share and the group's head i mod share.
    ///
    /// @param isFirst whether it is the first block that reads the text's pages
    record Block(int first, int count, boolean isFirst) {}

    private final KvCachePages pages;
    private final int layer;
    private final PagedAttention.Rule rule;
    private final int heads;
    private final int share;
    private final float[] query;
    private final float[][] scores = new float[TOGETHER][0];

    private final float[] sums = new float[TOGETHER];
    private final float[][] mixed;
    private final boolean wide;
    private final int width;

    PagedKernel(KvCachePages pages, int layer, PagedAttention.Rule rule, int heads) {
        this.pages = pages;
        this.layer = layer;
        this.rule = rule;
        this.heads = heads;
        this.share = heads / pages.groups();
        this.wide = pages.isWide();
        this.width = pages.headWidth();
        this.query = new float[TOGETHER * width];
        this.mixed = new float[TOGETHER][pages.valueWidth()];
    }

    void attend(
            StridedRows queries,
            List<PagedAttention.Sight> sights,
            Block block,
            int group,
            long out) {
        var last = sights.get((block.first() + block.count() - 1) / share);
        int from = firstSeen(sights.get(block.first() / share)) / PAGE;
        int to = (last.seen() + PAGE - 1) / PAGE;
        load(queries, block, group);
        reserve(to * PAGE);
        if (block.isFirst()) {
            fetch(last, group, from, to);
        }
        int page = from;
        for (; page + 1 < to; page += 2) {
            score(
                    pages.keys(layer, last.pages()[page], group),
                    pages.keys(layer, last.pages()[page + 1], group),
                    page * PAGE);
        }
        if (page < to) {
            long keys = pages.keys(layer, last.pages()[page], group);
            score(keys, keys, page * PAGE);
        }
        for (int i = 0; i < block.count(); i++) {
            hide(scores[i], sights.get((block.first() + i) / share), from * PAGE, to * PAGE);
            sums[i] = weigh(scores[i], from * PAGE, to * PAGE);
        }
        for (int column = 0; column < width; column += 2 * LANES) {
            blend(last, group, column, from);
        }
        for (int i = 0; i < block.count(); i++) {
            put(block, i, group, out);
        }
    }

    private void fetch(PagedAttention.Sight sight, int group, int from, int to) {
        int bytes = wide ? 4 : 2;
        for (int page = from; page < to; page++) {
            long keys = pages.keys(layer, sight.pages()[page], group);
            RowKernels.fetch(keys, (long) PAGE * width * bytes);
        }
        for (int page = from; page < to; page++) {
            long values = pages.values(layer, sight.pages()[page], group);
            RowKernels.fetch(values, (long) PAGE * pages.valueWidth() * bytes);
        }
    }

    private int firstSeen(PagedAttention.Sight sight) {
        return Math.max(0, sight.position() + 1 - rule.window());
    }

    /// Unused places take the first query's, and their results are dropped.
    private void load(StridedRows queries, Block block, int group) {
        float scale = (float) rule.scale();
        for (int i = 0; i < TOGETHER; i++) {
            int at = block.first() + (i < block.count() ? i : 0);
            long from = queries.at(at / share, group * share + at % share);
            for (int d = 0; d < width; d++) {
                query[TOGETHER * d + i] = scale * queries.elements().value(from, d);
            }
        }
    }

    private void reserve(int tokens) {
        if (scores[0].length < tokens + PAGE) {
            for (int i = 0; i < TOGETHER; i++) {
                scores[i] = new float[tokens + 16 * PAGE];
            }
        }
    }

    private FloatVector vector(long at) {
        return wide ? RowKernels.load(at) : RowKernels.loadHalves(at);
    }

    /// Two pages at once, so that the sums of one need not wait for each other.
    ///
    /// @param keys where the first page's begin
    /// @param others where the next page's begin
    private void score(long keys, long others, int token) {
        int bytes = wide ? 4 : 2;
        for (int t = 0; t < PAGE; t += LANES) {
            var a = FloatVector.zero(SPECIES);
            var b = a;
            var c = a;
            var e = a;
            var a2 = a;
            var b2 = a;
            var c2 = a;
            var e2 = a;
            for (int d = 0; d < width; d++) {
                long at = (long) (d * PAGE + t) * bytes;
                var k = vector(keys + at);
                var k2 = vector(others + at);
                var q = FloatVector.broadcast(SPECIES, query[4 * d]);
                a = k.lanewise(VectorOperators.FMA, q, a);
                a2 = k2.lanewise(VectorOperators.FMA, q, a2);
                q = FloatVector.broadcast(SPECIES, query[4 * d + 1]);
                b = k.lanewise(VectorOperators.FMA, q, b);
                b2 = k2.lanewise(VectorOperators.FMA, q, b2);
                q = FloatVector.broadcast(SPECIES, query[4 * d + 2]);
                c = k.lanewise(VectorOperators.FMA, q, c);
                c2 = k2.lanewise(VectorOperators.FMA, q, c2);
                q = FloatVector.broadcast(SPECIES, query[4 * d + 3]);
                e = k.lanewise(VectorOperators.FMA, q, e);
                e2 = k2.lanewise(VectorOperators.FMA, q, e2);
            }
            a.intoArray(scores[0], token + t);
            b.intoArray(scores[1], token + t);
            c.intoArray(scores[2], token + t);
            e.intoArray(scores[3], token + t);
            a2.intoArray(scores[0], token + PAGE + t);
            b2.intoArray(scores[1], token + PAGE + t);
            c2.intoArray(scores[2], token + PAGE + t);
            e2.intoArray(scores[3], token + PAGE + t);
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
        return RowKernels.sum(sum);
    }

    /// Two vectors of the values' weighted sums; where the last column has no second one, the first is computed twice.
    private void blend(PagedAttention.Sight last, int group, int column, int fromPage) {
        int bytes = wide ? 4 : 2;
        long second = column + LANES < width ? (long) LANES * bytes : 0;
        var a = FloatVector.zero(SPECIES);
        var b = a;
        var c = a;
        var e = a;
        var a2 = a;
        var b2 = a;
        var c2 = a;
        var e2 = a;
        long row = (long) pages.valueWidth() * bytes;
        var p = scores[0];
        var q = scores[1];
        var r = scores[2];
        var s = scores[3];
        for (int token = fromPage * PAGE; token < last.seen(); token += PAGE) {
            long at =
                    pages.values(layer, last.pages()[token / PAGE], group) + (long) column * bytes;
            // Whole pages: what is not seen weighs nothing.
            for (int i = token; i < token + PAGE; i++) {
                var v = vector(at);
                var v2 = vector(at + second);
                a = v.lanewise(VectorOperators.FMA, p[i], a);
                a2 = v2.lanewise(VectorOperators.FMA, p[i], a2);
                b = v.lanewise(VectorOperators.FMA, q[i], b);
                b2 = v2.lanewise(VectorOperators.FMA, q[i], b2);
                c = v.lanewise(VectorOperators.FMA, r[i], c);
                c2 = v2.lanewise(VectorOperators.FMA, r[i], c2);
                e = v.lanewise(VectorOperators.FMA, s[i], e);
                e2 = v2.lanewise(VectorOperators.FMA, s[i], e2);
                at += row;
            }
        }
        int beside = second == 0 ? column : column + LANES;
        a2.intoArray(mixed[0], beside);
        b2.intoArray(mixed[1], beside);
        c2.intoArray(mixed[2], beside);
        e2.intoArray(mixed[3], beside);
        a.intoArray(mixed[0], column);
        b.intoArray(mixed[1], column);
        c.intoArray(mixed[2], column);
        e.intoArray(mixed[3], column);
    }

    /// Divides by the weights' sum and writes where a query's result belongs.
    private void put(Block block, int i, int group, long out) {
        int token = (block.first() + i) / share;
        int head = group * share + (block.first() + i) % share;
        long place = out + ((long) token * heads + head) * width * Float.BYTES;
        float factor = 1 / sums[i];
        for (int column = 0; column < width; column += LANES) {
            var sum = FloatVector.fromArray(SPECIES, mixed[i], column).mul(factor);
            if (column <= width - LANES) {
                RowKernels.store(sum, place + 4L * column);
            } else {
                RowKernels.store(sum, place + 4L * column, width - column);
            }
        }
    }
}
