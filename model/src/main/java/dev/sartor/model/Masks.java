package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.HashMap;
import java.util.Map;

/// Additive attention masks of one pass, made once and used by every layer: 0 where a token is seen, −∞ where not. They
/// belong to the scope that was open when the pass was made.
final class Masks {
    private record Key(long share, long queries, long seen) {}

    private final DType type;
    private final TensorScope scope;
    private final Map<Key, Tensor> causal = new HashMap<>();

    Masks(DType type, TensorScope scope) {
        this.type = type;
        this.scope = scope;
    }

    /// The last `queries` of `seen` tokens, each seeing itself and those before, once for each of `share` heads:
    /// [share × queries, seen].
    Tensor causal(long share, long queries, long seen) {
        return causal.computeIfAbsent(new Key(share, queries, seen), this::make);
    }

    private Tensor make(Key key) {
        int queries = Math.toIntExact(key.queries());
        int seen = Math.toIntExact(key.seen());
        int share = Math.toIntExact(key.share());
        var values = new float[share * queries * seen];
        for (int row = 0; row < share * queries; row++) {
            int last = seen - queries + row % queries;
            for (int column = last + 1; column < seen; column++) {
                values[row * seen + column] = Float.NEGATIVE_INFINITY;
            }
        }
        return scope.adopt(Tensors.of(values, (long) share * queries, seen).to(type));
    }

    /// One row each for texts of different lengths: [groups × rows, 1, seen].
    Tensor lengths(int[] lengths, int seen, int groups) {
        var values = new float[groups * lengths.length * seen];
        for (int row = 0; row < groups * lengths.length; row++) {
            for (int column = lengths[row % lengths.length]; column < seen; column++) {
                values[row * seen + column] = Float.NEGATIVE_INFINITY;
            }
        }
        return scope.adopt(Tensors.of(values, (long) groups * lengths.length, 1, seen).to(type));
    }
}
