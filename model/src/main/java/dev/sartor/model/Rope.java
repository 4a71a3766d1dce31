package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;

/// Rotary position embedding (Su et al. 2021) in the layout of transformers: dimension i turns with dimension i + width/2.
/// Where the speed depends on the text's length, the last position of the pass decides for all of its tokens, as in
/// transformers: keys that were cached at another length keep the turn they got.
final class Rope {
    private final RopeSpeeds speeds;
    private final DType type;

    /// @param type what the network computes in; angles are computed in F32
    Rope(RopeSpeeds speeds, DType type) {
        this.speeds = speeds;
        this.type = type;
    }

    /// How many times the context's length the longest text may have.
    double stretch() {
        return speeds.stretch();
    }

    /// How far each token of a pass is turned: both [tokens, 1, turned width].
    record At(Tensor cosine, Tensor sine) {}

    /// @param positions int64 [tokens]
    At at(Tensor positions) {
        long length = speeds.byLength() ? (long) positions.max(0).item() + 1 : 1;
        var perToken = speeds.at(length);
        var angles =
                positions
                        .to(DType.F32)
                        .view(positions.count(), 1, 1)
                        .times(Tensors.of(perToken, 1, 1, perToken.length));
        var both = Tensors.concat(-1, angles, angles);
        return new At(
                both.cos().multiply(speeds.magnitude()).to(type),
                both.sin().multiply(speeds.magnitude()).to(type));
    }

    /// Turns the first dimensions of every head and leaves those that the rope does not reach.
    ///
    /// @param x [tokens, heads, head width]; the result has the same shape
    static Tensor turn(Tensor x, At at) {
        long width = at.cosine().size(-1);
        long rest = x.size(-1) - width;
        return rest == 0
                ? Tensors.rotated(x, at.cosine(), at.sine())
                : Tensors.concat(
                        -1,
                        Tensors.rotated(x.slice(-1, 0, width), at.cosine(), at.sine()),
                        x.slice(-1, width, rest));
    }
}
