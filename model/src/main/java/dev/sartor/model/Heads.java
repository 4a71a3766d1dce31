package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Optional;

/// The arithmetic of grouped-query attention. Everything is ordered [groups, rows, …], so that queries meet the keys of
/// their own row (a batch of groups × rows) and the keys of a prefix that all rows share (a batch of groups) in the same
/// memory, and neither keys nor values are ever repeated.
final class Heads {
    /// Longer rows are computed in pieces of this many queries, each with the keys up to its end only.
    private static final int BLOCK = 256;

    private Heads() {}

    /// @param x [rows × length, heads, head width]
    /// @return [groups × rows, heads ÷ groups × length, head width]
    static Tensor queries(Tensor x, long rows, long groups) {
        long length = x.size(0) / rows;
        long share = x.size(1) / groups;
        return x.reshaped(rows, length, groups, share, x.size(2))
                .permuted(2, 0, 3, 1, 4)
                .reshaped(groups * rows, share * length, x.size(2));
    }

    /// @param x [rows × length, groups, head width]
    /// @return [groups, rows, length, head width], not copied
    static Tensor keys(Tensor x, long rows) {
        return x.reshaped(rows, x.size(0) / rows, x.size(1), x.size(2)).permuted(2, 0, 1, 3);
    }

    /// The inverse of {@link #queries}, heads side by side: [rows × length, heads × head width].
    static Tensor merged(Tensor attended, long rows, long groups, long length) {
        long width = attended.size(2);
        long share = attended.size(1) / length;
        return attended.view(groups, rows, share, length, width)
                .permuted(1, 3, 0, 2, 4)
                .reshaped(rows * length, groups * share * width);
    }

    /// Keys and values that every row sees in full: [groups, tokens, head width] each.
    record Shared(Tensor keys, Tensor values) {}

    /// softmax(q·kᵀ/√width + mask)·v over the shared prefix and the row's own keys.
    ///
    /// @param query [groups × rows, share × length, head width]
    /// @param keys [groups, rows, seen, head width]
    /// @param mask added to the scores; broadcast to [groups × rows, share × length, seen]
    static Tensor attend(
            Tensor query, Tensor keys, Tensor values, Tensor mask, Optional<Shared> prefix) {
        double scale = 1 / Math.sqrt((double) query.size(2));
        var batch = query.size(0);
        var own = keys.reshaped(batch, keys.size(2), keys.size(3));
        var ownValues = values.reshaped(batch, values.size(2), values.size(3));
        var scores = Tensors.addBatchMatmul(mask, query, own.transposed(1, 2), scale);
        if (prefix.isEmpty()) {
            return scores.softmax(-1).batchMatmul(ownValues);
        }
        return attendWithPrefix(query, scores, ownValues, prefix.get(), scale);
    }

    private static Tensor attendWithPrefix(
            Tensor query, Tensor own, Tensor values, Shared prefix, double scale) {
        long groups = prefix.keys().size(0);
        long tokens = prefix.keys().size(1);
        var shape = query.shape();
        var flat = query.view(groups, shape[0] / groups * shape[1], shape[2]);
        var before =
                flat.times(scale)
                        .batchMatmul(prefix.keys().transposed(1, 2))
                        .view(shape[0], shape[1], tokens);
        var weights = Tensors.concat(-1, before, own).softmax(-1);
        var fromPrefix =
                weights.slice(-1, 0, tokens)
                        .reshaped(groups, shape[0] / groups * shape[1], tokens)
                        .batchMatmul(prefix.values())
                        .view(shape);
        var fromOwn = weights.slice(-1, tokens, own.size(-1)).batchMatmul(values);
        return fromPrefix.plus(fromOwn);
    }

    /// Causal self-attention of rows; long ones in blocks of queries, so that masked blocks are never computed.
    ///
    /// @param query [groups × rows, share × length, head width]
    /// @param keys [groups, rows, length, head width]
    static Tensor attendCausally(
            Tensor query, Tensor keys, Tensor values, Masks masks, Optional<Shared> prefix) {
        long length = keys.size(2);
        long share = query.size(1) / length;
        if (length <= BLOCK) {
            return attend(query, keys, values, masks.causal(share, length, length), prefix);
        }
        var byToken = query.view(query.size(0), share, length, query.size(2));
        var blocks = new ArrayList<Tensor>();
        for (long start = 0; start < length; start += BLOCK) {
            long count = Math.min(BLOCK, length - start);
            try (var scope = TensorScope.open()) {
                var piece =
                        byToken.slice(2, start, count)
                                .reshaped(query.size(0), share * count, query.size(2));
                var end = start + count;
                var seen =
                        attend(
                                piece,
                                keys.slice(2, 0, end),
                                values.slice(2, 0, end),
                                masks.causal(share, count, end),
                                prefix);
                blocks.add(scope.keep(seen.view(query.size(0), share, count, query.size(2))));
            }
        }
        return Tensors.concat(2, blocks).view(query.shape());
    }
}
