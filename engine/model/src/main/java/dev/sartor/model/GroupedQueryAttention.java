package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Optional;

/// The arithmetic of grouped-query attention. Everything is ordered [groups, rows, …], so that queries meet the keys of
/// their own row (a batch of groups × rows) and the keys of a prefix that all rows share (a batch of groups) in the same
/// memory, and neither keys nor values are ever repeated.
public final class GroupedQueryAttention {
    /// Longer rows are computed in pieces of this many queries, each with the keys up to its end only.
    private static final int BLOCK = 256;

    private GroupedQueryAttention() {}

    /// @param x [rows × length, heads, head width]
    /// @return [groups × rows, heads ÷ groups × length, head width]
    public static Tensor queries(Tensor x, long rows, long groups) {
        long length = x.size(0) / rows;
        long share = x.size(1) / groups;
        return x.reshaped(rows, length, groups, share, x.size(2))
                .permuted(2, 0, 3, 1, 4)
                .reshaped(groups * rows, share * length, x.size(2));
    }

    /// @param x [rows × length, groups, head width]
    /// @return [groups, rows, length, head width], not copied
    public static Tensor keys(Tensor x, long rows) {
        return x.reshaped(rows, x.size(0) / rows, x.size(1), x.size(2)).permuted(2, 0, 1, 3);
    }

    /// The inverse of {@link #queries}, heads side by side: [rows × length, heads × head width].
    public static Tensor merged(Tensor attended, long rows, long groups, long length) {
        long width = attended.size(2);
        long share = attended.size(1) / length;
        return attended.view(groups, rows, share, length, width)
                .permuted(1, 3, 0, 2, 4)
                .reshaped(rows * length, groups * share * width);
    }

    /// Keys and values that every row sees in full: [groups, tokens, head width] each.
    record Shared(Tensor keys, Tensor values) {
        long tokens() {
            return keys.size(1);
        }
    }

    /// softmax(scale·q·kᵀ + mask)·v over the shared prefix and the row's own keys.
    ///
    /// @param query [groups × rows, share × length, head width]
    /// @param keys [groups, rows, seen, head width]
    public static Tensor attend(
            AttentionRule rule,
            Tensor query,
            Tensor keys,
            Tensor values,
            Mask mask,
            Optional<Shared> prefix) {
        var batch = query.size(0);
        var own = keys.reshaped(batch, keys.size(2), keys.size(3));
        var ownValues = values.reshaped(batch, values.size(2), values.size(3));
        var scores = scores(rule, query, own, mask.own());
        if (prefix.isEmpty()) {
            return scores.softmax(-1).batchMatmul(ownValues);
        }
        var before = scoresOfPrefix(rule, query, prefix.get(), mask.prefix());
        return weighted(Tensors.concat(-1, before, scores).softmax(-1), ownValues, prefix.get());
    }

    private static Tensor scores(AttentionRule rule, Tensor query, Tensor keys, Tensor mask) {
        var across = keys.transposed(1, 2);
        if (rule.softCap().isEmpty()) {
            return Tensors.addBatchMatmul(mask, query, across, rule.scale());
        }
        return capped(rule, query.times(rule.scale()).batchMatmul(across)).plus(mask);
    }

    /// [groups × rows, share × length, prefix]
    private static Tensor scoresOfPrefix(
            AttentionRule rule, Tensor query, Shared prefix, Optional<Tensor> mask) {
        long groups = prefix.keys().size(0);
        var shape = query.shape();
        var scores =
                query.view(groups, shape[0] / groups * shape[1], shape[2])
                        .times(rule.scale())
                        .batchMatmul(prefix.keys().transposed(1, 2))
                        .view(shape[0], shape[1], prefix.tokens());
        var capped = capped(rule, scores);
        return mask.isPresent() ? capped.plus(mask.get()) : capped;
    }

    private static Tensor capped(AttentionRule rule, Tensor scores) {
        if (rule.softCap().isEmpty()) {
            return scores;
        }
        double cap = rule.softCap().getAsDouble();
        return scores.times(1 / cap).tanh().times(cap);
    }

    private static Tensor weighted(Tensor weights, Tensor values, Shared prefix) {
        long groups = prefix.keys().size(0);
        long tokens = prefix.tokens();
        long[] shape = {weights.size(0), weights.size(1), values.size(2)};
        var fromPrefix =
                weights.slice(-1, 0, tokens)
                        .reshaped(groups, shape[0] / groups * shape[1], tokens)
                        .batchMatmul(prefix.values())
                        .view(shape);
        var fromOwn = weights.slice(-1, tokens, values.size(1)).batchMatmul(values);
        return fromPrefix.plus(fromOwn);
    }

    /// Causal self-attention of rows; long ones in blocks of queries, so that blocks that are masked whole are never
    /// computed.
    ///
    /// @param query [groups × rows, share × length, head width]
    /// @param keys [groups, rows, length, head width]
    static Tensor attendCausally(
            AttentionRule rule,
            Tensor query,
            Tensor keys,
            Tensor values,
            Masks masks,
            Optional<Shared> prefix) {
        long length = keys.size(2);
        long share = query.size(1) / length;
        long before = prefix.map(Shared::tokens).orElse(0L);
        if (length <= BLOCK) {
            var mask = masks.causal(rule, new Masks.Block(share, 0, 0, length), before);
            return attend(rule, query, keys, values, mask, prefix);
        }
        var byToken = query.view(query.size(0), share, length, query.size(2));
        var blocks = new ArrayList<Tensor>();
        for (long start = 0; start < length; start += BLOCK) {
            long count = Math.min(BLOCK, length - start);
            try (var scope = TensorScope.open()) {
                var piece =
                        byToken.slice(2, start, count)
                                .reshaped(query.size(0), share * count, query.size(2));
                long from = rule.firstSeenFrom(start);
                long end = start + count;
                var seen =
                        attend(
                                rule,
                                piece,
                                keys.slice(2, from, end - from),
                                values.slice(2, from, end - from),
                                masks.causal(
                                        rule, new Masks.Block(share, from, start, end), before),
                                prefix);
                blocks.add(scope.keep(seen.view(query.size(0), share, count, query.size(2))));
            }
        }
        return Tensors.concat(2, blocks).view(query.shape());
    }
}
