package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;

/// Rows whose tokens branch: each token sees the shared prefix, its parent, its parent's parent and so on, and itself. So
/// several continuations of one text are computed beside it in one pass, their common beginnings once.
public final class TreePass implements Pass {
    private final int rows;
    private final int length;
    private final Optional<CachedPass.Prefix> prefix;
    private final Tensor positions;
    private final Tensor visible;
    private final TensorScope scope;
    private Optional<Tensor> mask = Optional.empty();

    /// @param parents for each row and token, the place in the row of the token before it, which stands further left; −1
    ///     for a token that follows the prefix. All rows are of the same length; a token that pads a row is its own root.
    /// @param type what the network computes in
    public TreePass(int[][] parents, Optional<CachedPass.Prefix> prefix, DType type) {
        this.rows = parents.length;
        this.length = parents[0].length;
        this.prefix = prefix;
        int before = prefix.map(CachedPass.Prefix::tokens).orElse(0);
        var at = new int[rows * length];
        var seen = new float[rows * length * length];
        Arrays.fill(seen, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i++) {
                int here = row * length + i;
                int parent = parents[row][i];
                if (parent >= 0) {
                    System.arraycopy(
                            seen, (row * length + parent) * length, seen, here * length, i);
                }
                seen[here * length + i] = 0;
                at[here] = parent < 0 ? before : at[row * length + parent] + 1;
            }
        }
        this.positions = Tensors.indices(at);
        this.visible = Tensors.of(seen, rows, length, length).to(type);
        this.scope = TensorScope.current();
    }

    @Override
    public Tensor positions() {
        return positions;
    }

    @Override
    public Tensor attend(int layer, Tensor query, Tensor key, Tensor value) {
        long groups = key.size(1);
        if (mask.isEmpty()) {
            mask = Optional.of(scope.adopt(expanded(groups, query.size(1) / groups)));
        }
        var attended =
                Heads.attend(
                        Heads.queries(query, rows, groups),
                        Heads.keys(key, rows),
                        Heads.keys(value, rows),
                        mask.get(),
                        prefix.map(p -> p.at(layer)));
        return Heads.merged(attended, rows, groups, length);
    }

    private Tensor expanded(long groups, long share) {
        return visible.view(1, rows, 1, length, length)
                .expanded(groups, rows, share, length, length)
                .reshaped(groups * rows, share * length, length);
    }
}
