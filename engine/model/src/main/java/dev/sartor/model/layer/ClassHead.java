package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.Linear;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;

/// Says what class a text is of, from its first token's state or from the mean of all.
///
/// @param mean whether the mean is taken
/// @param norm of the inner state; empty in most models
/// @param classes one row for each class
public record ClassHead(
        boolean mean, Linear inner, Activation activation, Optional<Norm> norm, Linear classes) {
    public static ClassHead ofFirstToken(Linear inner, Activation activation, Linear classes) {
        return new ClassHead(false, inner, activation, Optional.empty(), classes);
    }

    /// @param hidden [tokens, width], of the pass
    /// @return [texts, classes]
    public Tensor forward(Tensor hidden, EncoderPass pass, Adapters adapters) {
        var pooled = mean ? means(hidden, pass.lengths()) : hidden.selected(0, pass.firsts());
        var state = activation.forward(inner.forward(pooled, adapters));
        return classes.forward(norm.isPresent() ? norm.get().forward(state) : state, adapters);
    }

    /// [texts, width]
    private static Tensor means(Tensor hidden, int[] lengths) {
        int tokens = Math.toIntExact(hidden.size(0));
        var shares = new float[lengths.length * tokens];
        int at = 0;
        for (int row = 0; row < lengths.length; row++) {
            Arrays.fill(
                    shares, row * tokens + at, row * tokens + at + lengths[row], 1f / lengths[row]);
            at += lengths[row];
        }
        return Tensors.of(shares, lengths.length, tokens)
                .matmul(hidden.to(DType.F32))
                .to(hidden.type());
    }
}
