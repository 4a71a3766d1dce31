package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.KvCachePages;
import dev.sartor.tensor.kernel.PagedAttention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tokens of several texts in one go, whose keys and values are kept in pages: beginnings of texts, single next tokens and
/// trees of continuations side by side. A token sees the tokens of its text that were computed before and, in the same
/// pass, those that stand before it, so that texts may share pages that are only now computed.
public final class KvCachePass implements Pass {
    private final KvCachePages pages;
    private final DType type;
    private final List<PagedAttention.Sight> sights = new ArrayList<>();
    private final int[] places;
    private final int[] textLengths;
    private final Tensor positions;

    /// Tokens of one text.
    ///
    /// @param pages the text's, in order; there is room for the tokens
    /// @param from how many tokens of the text are computed
    /// @param parents of each token the one before it in this span, −1 for the text's last; each stands further left
    public record Span(int[] pages, int from, int[] parents) {
        /// The next `count` tokens of the text.
        public static Span next(int[] pages, int from, int count) {
            var parents = new int[count];
            for (int i = 0; i < count; i++) {
                parents[i] = i - 1;
            }
            return new Span(pages, from, parents);
        }

        int place(int i) {
            int slot = from + i;
            return pages[slot / KvCachePages.PAGE] * KvCachePages.PAGE + slot % KvCachePages.PAGE;
        }

        private int[] depths() {
            var depths = new int[parents.length];
            for (int i = 0; i < parents.length; i++) {
                depths[i] = parents[i] < 0 ? 0 : depths[parents[i]] + 1;
            }
            return depths;
        }

        private boolean isChain() {
            for (int i = 0; i < parents.length; i++) {
                if (parents[i] != i - 1) {
                    return false;
                }
            }
            return true;
        }

        private boolean[] branch(int i) {
            var branch = new boolean[i + 1];
            for (int node = i; node >= 0; node = parents[node]) {
                branch[node] = true;
            }
            return branch;
        }
    }

    /// @param type what the network computes in
    public KvCachePass(KvCachePages pages, List<Span> spans, DType type) {
        this.pages = pages;
        this.type = type;
        this.places = new int[spans.stream().mapToInt(span -> span.parents().length).sum()];
        this.textLengths = new int[places.length];
        var at = new int[places.length];
        int token = 0;
        for (var span : spans) {
            var depths = span.depths();
            boolean chain = span.isChain();
            int length = span.from() + Arrays.stream(depths).max().orElse(0) + 1;
            Arrays.fill(textLengths, token, token + depths.length, length);
            for (int i = 0; i < depths.length; i++) {
                int seen = span.from() + i + 1;
                at[token] = span.from() + depths[i];
                places[token++] = span.place(i);
                sights.add(
                        chain
                                ? PagedAttention.Sight.of(span.pages(), seen)
                                : new PagedAttention.Sight(
                                        span.pages(),
                                        seen,
                                        span.from() + depths[i],
                                        span.branch(i)));
            }
        }
        this.positions = Tensors.indices(at);
    }

    @Override
    public Tensor positions() {
        return positions;
    }

    @Override
    public int[] textLengths() {
        return textLengths.clone();
    }

    @Override
    public Tensor attend(int layer, AttentionRule rule, Tensor query, Tensor key, Tensor value) {
        pages.write(layer, key, value, places);
        var kernel =
                new PagedAttention(
                        pages,
                        layer,
                        new PagedAttention.Rule(
                                rule.scale(),
                                rule.window().orElse(Integer.MAX_VALUE),
                                rule.softCap().orElse(Double.POSITIVE_INFINITY)));
        return kernel.of(query, sights).to(type);
    }
}
