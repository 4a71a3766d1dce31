package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Attention of texts padded to one length, each token seeing every token of its own text. Where all scores at once would
/// take much memory, they are computed in blocks of queries, and within a window with the keys near them only. Belongs to
/// the scope that was open when it was made.
final class EncoderAttention {
    /// Bytes of the scores that are computed at once, in F32; weights of the same size are made from them.
    private static final long MOST = 128L << 20;

    /// Queries of a block within a window: fewer are slow, and more are held against too many keys in vain.
    private static final int NEAR = 128;

    private static final Optional<GroupedQueryAttention.Shared> NONE = Optional.empty();

    private final int[] lengths;
    private final int length;
    private final Optional<RelativePositions> bias;
    private final TensorScope scope;
    private final Masks masks;
    private final Map<OptionalInt, Mask> made = new HashMap<>();
    private Optional<Tensor> distances = Optional.empty();

    /// @param lengths tokens of each text
    /// @param length to which texts are padded
    /// @param bias what the distance of two tokens adds to their scores
    /// @param type what the network computes in
    EncoderAttention(int[] lengths, int length, Optional<RelativePositions> bias, DType type) {
        this.lengths = lengths.clone();
        this.length = length;
        this.bias = bias;
        this.scope = TensorScope.current();
        this.masks = new Masks(type, scope);
    }

    /// Text after text, each with its padding.
    ///
    /// @param query [texts × length, heads, head width]
    /// @param key [texts × length, groups, head width]
    /// @param value like key
    /// @return [texts × length, heads × head width]
    Tensor attend(AttentionRule rule, Tensor query, Tensor key, Tensor value) {
        int rows = lengths.length;
        int groups = Math.toIntExact(key.size(1));
        int share = Math.toIntExact(query.size(1)) / groups;
        var queries = GroupedQueryAttention.queries(query, rows, groups);
        var keys = GroupedQueryAttention.keys(key, rows);
        var values = GroupedQueryAttention.keys(value, rows);
        int atOnce = queriesAtOnce(rule, (long) groups * rows * share);
        var attended =
                atOnce == length
                        ? GroupedQueryAttention.attend(
                                rule, queries, keys, values, mask(rule, groups, share), NONE)
                        : inBlocks(rule, queries, keys.contiguous(), values.contiguous(), atOnce);
        return GroupedQueryAttention.merged(attended, rows, groups, length);
    }

    /// @param batch scores of each query and key
    private int queriesAtOnce(AttentionRule rule, long batch) {
        int count = length;
        while (count > 1 && batch * count * keysNear(rule, count) * Float.BYTES > MOST) {
            count = (count + 1) / 2;
        }
        boolean near = count < length && rule.windowOver(length).isPresent();
        return near ? Math.min(count, NEAR) : count;
    }

    /// How many keys a block of queries sees.
    private long keysNear(AttentionRule rule, int queries) {
        var window = rule.windowOver(length);
        boolean inOne = queries == length || window.isEmpty();
        return inOne ? length : Math.min(length, queries + 2L * (window.getAsInt() - 1));
    }

    private Tensor inBlocks(
            AttentionRule rule, Tensor queries, Tensor keys, Tensor values, int atOnce) {
        long batch = queries.size(0);
        long width = queries.size(2);
        long share = queries.size(1) / length;
        int groups = Math.toIntExact(keys.size(0));
        var byToken = queries.view(batch, share, length, width);
        int reach = rule.windowOver(length).orElse(length) - 1;
        var blocks = new ArrayList<Tensor>();
        for (int start = 0; start < length; start += atOnce) {
            int count = Math.min(atOnce, length - start);
            int from = Math.max(0, start - reach);
            int seen = (int) Math.min(length, (long) start + count + reach) - from;
            try (var block = TensorScope.open()) {
                var attended =
                        GroupedQueryAttention.attend(
                                rule,
                                byToken.slice(2, start, count)
                                        .reshaped(batch, share * count, width),
                                keys.slice(2, from, seen),
                                values.slice(2, from, seen),
                                mask(rule, new Masks.Near(share, start, count, from, seen), groups),
                                NONE);
                blocks.add(block.keep(attended.view(batch, share, count, width)));
            }
        }
        return Tensors.concat(2, blocks).view(queries.shape());
    }

    /// Of all queries and keys.
    private Mask mask(AttentionRule rule, int groups, int share) {
        return made.computeIfAbsent(
                rule.windowOver(length),
                _ -> {
                    var mask = masks.bothWays(rule, lengths, length, groups, share);
                    if (bias.isEmpty()) {
                        return mask;
                    }
                    try (var _ = TensorScope.open()) {
                        var sum = plus(mask, between(0, length));
                        return new Mask(scope.adopt(sum.own()), Optional.empty());
                    }
                });
    }

    /// Of a block.
    private Mask mask(AttentionRule rule, Masks.Near block, int groups) {
        var everything = rule.within(OptionalInt.empty());
        var mask =
                rule.windowOver(length).isPresent()
                        ? masks.near(rule, lengths, block, groups)
                        : made.computeIfAbsent(
                                OptionalInt.of(length), // hides no more than none does
                                _ -> masks.bothWays(everything, lengths, length, groups, 1));
        return bias.isPresent()
                ? plus(
                        mask,
                        between(block.start(), block.queries())
                                .slice(2, block.from(), block.keys()))
                : mask;
    }

    /// @param added by the distances: [heads, queries, keys]
    /// @return [heads × texts, queries, keys]
    private Mask plus(Mask mask, Tensor added) {
        long heads = added.size(0);
        long rows = lengths.length;
        long queries = added.size(1);
        long keys = added.size(2);
        var own = mask.own();
        var hidden =
                own.size(0) == 1
                        ? own.view(1, 1, own.size(1), keys)
                        : own.view(heads, rows, own.size(1), keys);
        var sum = added.withDimension(1).plus(hidden).expanded(heads, rows, queries, keys);
        return new Mask(sum.reshaped(heads * rows, queries, keys), Optional.empty());
    }

    /// What is added for queries from `start` on and all keys; kept for all layers where it takes little.
    private Tensor between(int start, int count) {
        var table = bias.orElseThrow();
        if (table.table().size(1) * length * length * Float.BYTES > MOST) {
            return table.between(start, count, length);
        }
        if (distances.isEmpty()) {
            try (var _ = TensorScope.open()) {
                distances = Optional.of(scope.adopt(table.between(0, length, length)));
            }
        }
        return distances.get().slice(1, start, count);
    }
}
