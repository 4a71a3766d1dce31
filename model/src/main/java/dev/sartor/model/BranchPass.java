package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Several continuations of each row of a cache, as a tree that is the same for all rows: each token sees its row's text,
/// its ancestors and itself. Common beginnings are computed once, and nothing is remembered.
public final class BranchPass implements Pass {
    private final KeyValueCache cache;
    private final Optional<CachedPass.Prefix> prefix;
    private final int branches;
    private final int seen;
    private final int[] lengths;
    private final int[] parents;
    private final Decoder decoder;
    private final TensorScope scope;
    private final Tensor positions;
    private final int[] depth;
    private final Map<OptionalInt, Mask> masks = new HashMap<>();

    /// @param lengths how many tokens each row of the cache has, without the prefix
    /// @param parents for each token of the tree the one before it, which stands further left; −1 for a token that
    ///     follows the row's text
    public BranchPass(
            KeyValueCache cache,
            int[] lengths,
            Optional<CachedPass.Prefix> prefix,
            int[] parents,
            Decoder decoder) {
        this.cache = cache;
        this.prefix = prefix;
        this.branches = parents.length;
        this.lengths = lengths.clone();
        this.parents = parents.clone();
        this.seen = Arrays.stream(lengths).max().orElse(0);
        this.decoder = decoder;
        this.scope = TensorScope.current();
        this.depth = new int[branches];
        for (int i = 0; i < branches; i++) {
            depth[i] = parents[i] < 0 ? 0 : depth[parents[i]] + 1;
        }
        this.positions = Tensors.indices(places(before()));
    }

    private int before() {
        return prefix.map(CachedPass.Prefix::tokens).orElse(0);
    }

    private int[] places(int before) {
        var at = new int[lengths.length * branches];
        for (int i = 0; i < at.length; i++) {
            at[i] = before + lengths[i / branches] + depth[i % branches];
        }
        return at;
    }

    @Override
    public Tensor positions() {
        return positions;
    }

    @Override
    public Tensor attend(int layer, AttentionRule rule, Tensor query, Tensor key, Tensor value) {
        int rows = lengths.length;
        long groups = key.size(1);
        long share = query.size(1) / groups;
        var mask =
                masks.computeIfAbsent(
                        rule.windowOver((long) before() + seen + branches),
                        window -> mask(window, groups, share));
        var keys = Tensors.concat(2, cache.keys(layer, seen), Heads.keys(key, rows));
        var values = Tensors.concat(2, cache.values(layer, seen), Heads.keys(value, rows));
        var attended =
                Heads.attend(
                        rule,
                        Heads.queries(query, rows, groups),
                        keys,
                        values,
                        mask,
                        prefix.map(p -> p.at(layer)));
        return Heads.merged(attended, rows, groups, branches);
    }

    private Mask mask(OptionalInt window, long groups, long share) {
        var own = scope.adopt(broadcast(own(window), groups, share));
        return new Mask(
                own,
                before() > 0 && window.isPresent()
                        ? Optional.of(
                                scope.adopt(broadcast(prefix(window.getAsInt()), groups, share)))
                        : Optional.empty());
    }

    /// [rows, branches, seen + branches]: the row's text, then the tree.
    private float[] own(OptionalInt window) {
        int reach = window.orElse(Integer.MAX_VALUE);
        int width = seen + branches;
        var values = Masks.hidden(lengths.length * branches * width);
        for (int row = 0; row < lengths.length; row++) {
            for (int i = 0; i < branches; i++) {
                int start = (row * branches + i) * width;
                long first = (long) lengths[row] + depth[i] + 1 - reach;
                Masks.see(values, start, seen, first, lengths[row] - 1L);
                for (int node = i; node >= 0 && depth[i] - depth[node] < reach; ) {
                    values[start + seen + node] = 0;
                    node = parents[node];
                }
            }
        }
        return values;
    }

    /// [rows, branches, prefix]
    private float[] prefix(int window) {
        int tokens = before();
        var values = Masks.hidden(lengths.length * branches * tokens);
        for (int i = 0; i < lengths.length * branches; i++) {
            long at = (long) tokens + lengths[i / branches] + depth[i % branches];
            Masks.see(values, i * tokens, tokens, at + 1 - window, at);
        }
        return values;
    }

    /// [rows, branches, keys] to [groups × rows, share × branches, keys]
    private Tensor broadcast(float[] values, long groups, long share) {
        int rows = lengths.length;
        long keys = values.length / ((long) rows * branches);
        try (var inner = TensorScope.open()) {
            return inner.keep(
                    Tensors.of(values, 1, rows, 1, branches, keys)
                            .to(decoder.type())
                            .expanded(groups, rows, share, branches, keys)
                            .reshaped(groups * rows, share * branches, keys));
        }
    }
}
