package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Optional;

/// Whole texts in one go, nothing remembered: for training and for scoring. The tokens are first those of a prefix that
/// all rows begin with (possibly none), then the rows, each padded on the right to the same length. A row sees the
/// prefix and its own earlier tokens, so what is computed equals each row on its own with the prefix in front of it;
/// padding is seen by padding only.
public final class RowsPass implements Pass {
    private final int prefix;
    private final int rows;
    private final int length;
    private final Tensor positions;
    private final Masks masks;

    private RowsPass(int prefix, int rows, int length, DType type) {
        this.prefix = prefix;
        this.rows = rows;
        this.length = length;
        this.masks = new Masks(type, TensorScope.current());
        var at = new int[prefix + rows * length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i < prefix ? i : prefix + (i - prefix) % length;
        }
        this.positions = Tensors.indices(at);
    }

    /// @param prefix tokens that all rows share, standing first in the pass
    /// @param length tokens of each row after the prefix, with padding
    /// @param type what the network computes in
    public static RowsPass of(int prefix, int rows, int length, DType type) {
        return new RowsPass(prefix, rows, length, type);
    }

    @Override
    public Tensor positions() {
        return positions;
    }

    @Override
    public Tensor attend(int layer, Tensor query, Tensor key, Tensor value) {
        if (prefix == 0) {
            return rows(query, key, value, Optional.empty());
        }
        var count = (long) rows * length;
        var first =
                causally(
                        query.slice(0, 0, prefix),
                        key.slice(0, 0, prefix),
                        value.slice(0, 0, prefix),
                        1,
                        Optional.empty());
        var shared =
                new Heads.Shared(
                        Heads.keys(key.slice(0, 0, prefix), 1).at(1, 0),
                        Heads.keys(value.slice(0, 0, prefix), 1).at(1, 0));
        var rest =
                rows(
                        query.slice(0, prefix, count),
                        key.slice(0, prefix, count),
                        value.slice(0, prefix, count),
                        Optional.of(shared));
        return Tensors.concat(0, first, rest);
    }

    private Tensor rows(Tensor query, Tensor key, Tensor value, Optional<Heads.Shared> shared) {
        return causally(query, key, value, rows, shared);
    }

    private Tensor causally(
            Tensor query, Tensor key, Tensor value, int count, Optional<Heads.Shared> shared) {
        var groups = key.size(1);
        var attended =
                Heads.attendCausally(
                        Heads.queries(query, count, groups),
                        Heads.keys(key, count),
                        Heads.keys(value, count),
                        masks,
                        shared);
        return Heads.merged(attended, count, groups, query.size(0) / count);
    }
}
