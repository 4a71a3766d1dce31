package dev.sartor.tensor.kernel;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.StridedRows;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.lang.foreign.ValueLayout;

/// Keys and values of tokens, for each layer of a network, in pages of {@link #PAGE} tokens that texts hold in any order and
/// may share (Kwon et al. 2023, PagedAttention). In a page keys stand with the tokens innermost, so that a vector of
/// scores is computed at once, and values with the dimensions innermost. For the engine's thread. Memory is touched only as
/// it is written.
public final class KvCachePages implements AutoCloseable {
    /// Tokens of a page.
    public static final int PAGE = 16;

    /// Pages whose keys stand together, for each layer and group: few enough that a short text does not touch much memory.
    private static final int RUN = 32;

    private final int layers;
    private final int groups;
    private final int headWidth;
    private final int valueWidth;
    private final int pages;
    private final DType type;
    private final TensorScope owner = TensorScope.owner();
    private final long start;

    /// @param groups key and value heads of each layer
    /// @param type F32 or BF16
    public KvCachePages(int layers, int groups, int headWidth, int pages, DType type) {
        this.layers = layers;
        this.groups = groups;
        this.headWidth = headWidth;
        this.valueWidth = padded(headWidth);
        this.pages = pages;
        this.type = type;
        try (var _ = TensorScope.open()) {
            long runs = (pages + RUN - 1) / RUN * (long) layers * groups;
            long numbers = runs * RUN * PAGE * (headWidth + valueWidth);
            this.start = owner.adopt(LargeBuffers.empty(type, numbers)).address();
        }
    }

    /// One page of one layer, in memory that is the caller's.
    KvCachePages(int groups, int headWidth, DType type, long start) {
        this.layers = 1;
        this.groups = groups;
        this.headWidth = headWidth;
        this.valueWidth = padded(headWidth);
        this.pages = 1;
        this.type = type;
        this.start = start;
    }

    /// Bytes of one page in all layers.
    public static long pageBytes(int layers, int groups, int headWidth, DType type) {
        return (long) layers * groups * PAGE * (headWidth + padded(headWidth)) * type.bytes();
    }

    private static int padded(int width) {
        int lanes = RowKernels.SPECIES.length();
        return (width + lanes - 1) / lanes * lanes;
    }

    public int pages() {
        return pages;
    }

    int groups() {
        return groups;
    }

    int headWidth() {
        return headWidth;
    }

    int valueWidth() {
        return valueWidth;
    }

    boolean isWide() {
        return type == DType.F32;
    }

    /// Where a page's keys of a group begin, as an address: [head width, PAGE]. Those of the next page stand behind them
    /// within a run: a text whose pages follow each other is read in long stretches.
    long keys(int layer, int page, int group) {
        return run(layer, page, group) + (long) (page % RUN) * PAGE * headWidth * type.bytes();
    }

    /// Where a page's values of a group begin, as an address: [PAGE, value width].
    long values(int layer, int page, int group) {
        long place = (long) RUN * headWidth + (long) (page % RUN) * valueWidth;
        return run(layer, page, group) + place * PAGE * type.bytes();
    }

    private long run(int layer, int page, int group) {
        long place = ((long) (page / RUN) * layers + layer) * groups + group;
        return start + place * RUN * PAGE * (headWidth + valueWidth) * type.bytes();
    }

    /// Writes tokens' keys and values to their places.
    ///
    /// @param key F32 [tokens, groups, head width], the last dimension without gaps
    /// @param places for each token page · PAGE + its place in the page
    public void write(int layer, Tensor key, Tensor value, int[] places) {
        var keyRows = StridedRows.of(key);
        var valueRows = StridedRows.of(value);
        for (int token = 0; token < places.length; token++) {
            int page = places[token] / PAGE;
            int slot = places[token] % PAGE;
            if (slot == 0) {
                blank(layer, page);
            }
            for (int group = 0; group < groups; group++) {
                // Keys stand a page apart, values side by side.
                scatter(keyRows.at(token, group), keys(layer, page, group), slot, PAGE);
                scatter(
                        valueRows.at(token, group),
                        values(layer, page, group),
                        slot * valueWidth,
                        1);
            }
        }
    }

    /// A page's values are multiplied as a whole, those of tokens that it does not hold yet by zero.
    private void blank(int layer, int page) {
        for (int group = 0; group < groups; group++) {
            RowKernels.NATIVE
                    .asSlice(values(layer, page, group), (long) PAGE * valueWidth * type.bytes())
                    .fill((byte) 0);
        }
    }

    void scatter(long from, long to, int first, int stride) {
        if (type == DType.F32) {
            for (int i = 0; i < headWidth; i++) {
                RowKernels.NATIVE.set(
                        ValueLayout.JAVA_FLOAT,
                        to + 4L * (first + i * stride),
                        RowKernels.NATIVE.get(ValueLayout.JAVA_FLOAT, from + 4L * i));
            }
        } else {
            for (int i = 0; i < headWidth; i++) {
                RowKernels.NATIVE.set(
                        ValueLayout.JAVA_SHORT,
                        to + 2L * (first + i * stride),
                        half(RowKernels.NATIVE.get(ValueLayout.JAVA_FLOAT, from + 4L * i)));
            }
        }
    }

    /// The nearest bfloat16, ties to even.
    private static short half(float value) {
        int bits = Float.floatToRawIntBits(value);
        boolean isNan = (bits & 0x7fffffff) > 0x7f800000;
        int rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
        return (short) (isNan ? (bits >>> 16) | 0x40 : rounded);
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
