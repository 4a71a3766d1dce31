package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Tensor mask;

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
        this.positions = Tensors.indices(places(prefix.map(CachedPass.Prefix::tokens).orElse(0)));
    }

    private int[] places(int before) {
        var depth = new int[branches];
        for (int i = 0; i < branches; i++) {
            depth[i] = parents[i] < 0 ? 0 : depth[parents[i]] + 1;
        }
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
    public Tensor attend(int layer, Tensor query, Tensor key, Tensor value) {
        int rows = lengths.length;
        long groups = key.size(1);
        if (mask == null) {
            mask = scope.adopt(mask(groups, query.size(1) / groups));
        }
        var keys = Tensors.concat(2, cache.keys(layer, seen), Heads.keys(key, rows));
        var values = Tensors.concat(2, cache.values(layer, seen), Heads.keys(value, rows));
        var attended =
                Heads.attend(
                        Heads.queries(query, rows, groups),
                        keys,
                        values,
                        mask,
                        prefix.map(p -> p.at(layer)));
        return Heads.merged(attended, rows, groups, branches);
    }

    /// [groups × rows, share × branches, seen + branches]
    private Tensor mask(long groups, long share) {
        int rows = lengths.length;
        int width = seen + branches;
        var values = new float[rows * branches * width];
        Arrays.fill(values, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < branches; i++) {
                int start = (row * branches + i) * width;
                Arrays.fill(values, start, start + lengths[row], 0);
                for (int node = i; node >= 0; node = parents[node]) {
                    values[start + seen + node] = 0;
                }
            }
        }
        try (var inner = TensorScope.open()) {
            return inner.keep(
                    Tensors.of(values, 1, rows, 1, branches, width)
                            .to(decoder.type())
                            .expanded(groups, rows, share, branches, width)
                            .reshaped(groups * rows, share * branches, width));
        }
    }
}
