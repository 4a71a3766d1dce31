package dev.sartor.model.network;

import dev.sartor.model.Embedding;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Optional;

/// A table with an adapter on: the rows of W + scale·(B·A)ᵀ; in DoRA each column divided by its norm and multiplied by
/// its magnitude.
///
/// @param base the network's own table, or the one in its place
/// @param a [rank, vocabulary]
/// @param b [width, rank]
/// @param magnitudes [width]
record AdaptedTable(Embedding base, Tensor a, Tensor b, double scale, Optional<Tensor> magnitudes) {
    /// @param ids int64 [tokens]
    /// @return [tokens, width]
    Tensor rows(Tensor ids) {
        var inner = Tensors.embedding(a.transposed(0, 1), ids);
        var rows = Tensors.addMatmul(base.rows(ids), inner, b.transposed(0, 1), scale);
        return magnitudes.isEmpty() ? rows : rows.times(gain(magnitudes.get()));
    }

    private Tensor gain(Tensor magnitude) {
        return Tensors.quotient(magnitude, norms().to(magnitude.type())).to(a.type());
    }

    /// Sets the magnitudes to what changes nothing.
    void resetMagnitudes() {
        magnitudes.ifPresent(each -> each.copyFrom(norms()));
    }

    /// The norm of each column of the adapted table, in F32, without a gradient: [width].
    private Tensor norms() {
        try (var _ = Gradients.paused();
                var scope = TensorScope.open()) {
            var across = a.detached().to(DType.F32).transposed(0, 1);
            var up = b.detached().to(DType.F32).transposed(0, 1);
            var adapted = Tensors.addMatmul(base.values().to(DType.F32), across, up, scale);
            return scope.keep(adapted.times(adapted).sum(0).sqrt());
        }
    }
}
