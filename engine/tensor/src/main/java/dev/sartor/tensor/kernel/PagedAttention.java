package dev.sartor.tensor.kernel;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.StridedRows;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// softmax(scale · q·kᵀ)·v over pages: grouped-query attention of tokens that each see a beginning of a text that lies in
/// pages. What a token's result is depends on nothing but its query and what it sees. For the engine's thread.
public final class PagedAttention {
    /// Queries that share each loaded vector of keys and values.
    private static final int TOGETHER = PagedKernel.TOGETHER;

    /// Products below which waking another thread does not pay.
    private static final long WORTH_SHARING = 1 << 20;

    private final KvCachePages pages;
    private final int layer;
    private final Rule rule;
    private final @Nullable PagedKernel[] kernels;

    /// How scores are made.
    ///
    /// @param window how many tokens are seen, the token itself counted; Integer.MAX_VALUE for all
    /// @param softCap scores become cap·tanh(score/cap); infinite for none
    public record Rule(double scale, int window, double softCap) {}

    /// What one token sees.
    ///
    /// @param pages the text's, in order
    /// @param seen tokens from the text's beginning, itself counted
    /// @param position its place in the text, which a window counts from; seen − 1 but in a tree
    /// @param branch empty, or for each of the last `branch.length` tokens before `seen` whether it is seen: of a tree of
    ///     continuations only the token's ancestors and itself are
    public record Sight(int[] pages, int seen, int position, boolean[] branch) {
        private static final boolean[] ALL = {};

        /// All of the first `seen` tokens.
        public static Sight of(int[] pages, int seen) {
            return new Sight(pages, seen, seen - 1, ALL);
        }

        boolean hides(int token) {
            int back = seen - token;
            return back <= branch.length && !branch[branch.length - back];
        }
    }

    public PagedAttention(KvCachePages pages, int layer, Rule rule) {
        this.pages = pages;
        this.layer = layer;
        this.rule = rule;
        this.kernels = new PagedKernel[Workers.count()];
    }

    /// @param query F32 or BF16 [tokens, heads, head width], the last dimension without gaps
    /// @param sights of each token
    /// @return F32 [tokens, heads × head width]
    public Tensor of(Tensor query, List<Sight> sights) {
        int heads = (int) query.size(1);
        int share = heads / pages.groups();
        var out = Tensors.empty(DType.F32, sights.size(), (long) heads * pages.headWidth());
        var queries = StridedRows.of(query);
        long to = out.address();
        var blocks = blocks(sights, share);
        long products = 0;
        for (var sight : sights) {
            products += 2L * Math.min(sight.seen(), rule.window()) * heads * pages.headWidth();
        }
        Workers.each(
                blocks.size() * pages.groups(),
                products > WORTH_SHARING,
                (piece, worker) -> {
                    if (kernels[worker] == null) {
                        kernels[worker] = new PagedKernel(pages, layer, rule, heads);
                    }
                    var block = blocks.get(piece % blocks.size());
                    kernels[worker].attend(queries, sights, block, piece / blocks.size(), to);
                });
        return out;
    }

    /// Queries of tokens that see the same pages, a few at a time.
    private static List<PagedKernel.Block> blocks(List<Sight> sights, int share) {
        var blocks = new ArrayList<PagedKernel.Block>();
        int start = 0;
        for (int token = 1; token <= sights.size(); token++) {
            if (token == sights.size()
                    || !Arrays.equals(sights.get(token).pages(), sights.get(start).pages())) {
                for (int first = start * share; first < token * share; first += TOGETHER) {
                    blocks.add(
                            new PagedKernel.Block(
                                    first,
                                    Math.min(TOGETHER, token * share - first),
                                    first == start * share));
                }
                start = token;
            }
        }
        return blocks;
    }
}
