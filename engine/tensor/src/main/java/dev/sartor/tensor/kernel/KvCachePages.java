package dev.sartor.tensor.kernel;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Elements;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.StridedRows;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;

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
    /// @param key F32 or BF16 [tokens, groups, head width], the last dimension without gaps; `value` is of the same type
    /// @param places for each token page · PAGE + its place in the page
    public void write(int layer, Tensor key, Tensor value, int[] places) {
        var keyRows = StridedRows.of(key);
        var valueRows = StridedRows.of(value);
        blank(layer, places);
        RowKernels.eachRow(
                places.length,
                2L * groups * headWidth * Float.BYTES,
                token -> {
                    int page = places[token] / PAGE;
                    int slot = places[token] % PAGE;
                    for (int group = 0; group < groups; group++) {
                        scatterKey(
                                keyRows.elements(),
                                keyRows.at(token, group),
                                keys(layer, page, group),
                                slot);
                        copy(
                                valueRows.elements(),
                                valueRows.at(token, group),
                                values(layer, page, group)
                                        + (long) slot * valueWidth * type.bytes());
                    }
                });
    }

    /// A page's values are multiplied as a whole, those of tokens that it does not hold yet by zero.
    private void blank(int layer, int[] places) {
        for (int token = 0; token < places.length; token++) {
            if (places[token] % PAGE == 0 && !fills(places, token)) {
                for (int group = 0; group < groups; group++) {
                    RowKernels.NATIVE
                            .asSlice(
                                    values(layer, places[token] / PAGE, group),
                                    (long) PAGE * valueWidth * type.bytes())
                            .fill((byte) 0);
                }
            }
        }
    }

    /// Whether a page is written whole from a token on.
    private boolean fills(int[] places, int token) {
        int last = token + PAGE - 1;
        return valueWidth == headWidth
                && last < places.length
                && places[last] == places[token] + PAGE - 1;
    }

    /// A key of a page, whose dimensions stand a page apart.
    ///
    /// @param from where the key's numbers begin
    /// @param to where the page's keys begin
    void scatterKey(Elements elements, long from, long to, int slot) {
        var kept = new Elements(type == DType.BF16);
        for (int i = 0; i < headWidth; i++) {
            kept.put(to, slot + i * PAGE, elements.value(from, i));
        }
    }

    private void copy(Elements elements, long from, long to) {
        var kept = new Elements(type == DType.BF16);
        for (int i = 0; i < headWidth; i += Elements.LANES) {
            kept.store(elements.load(from, i, headWidth), to, i, headWidth);
        }
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
