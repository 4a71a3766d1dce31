package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Objects;

/// Rotary position embedding (Su et al. 2021) in the layout of transformers: dimension i turns with dimension i + width/2.
/// Where the speed depends on the text's length, it is each token's own text that decides, as long as it is at the end of
/// the pass; as in transformers, keys that were cached at another length keep the turn they got.
public final class Rope {
    private final RopeFrequencies speeds;
    private final DType type;

    /// @param type what the network computes in; angles are computed in F32
    Rope(RopeFrequencies speeds, DType type) {
        this.speeds = speeds;
        this.type = type;
    }

    /// How many times the context's length the longest text may have.
    public double stretch() {
        return speeds.stretch();
    }

    /// How far each token of a pass is turned: both [tokens, 1, turned width].
    public record At(Tensor cosine, Tensor sine) {}

    /// Whether texts of these two lengths, in tokens, are turned alike.
    public boolean turnsAlike(int one, int other) {
        return Arrays.equals(speeds.at(one), speeds.at(other));
    }

    public At at(Pass pass) {
        var positions = pass.positions().to(DType.F32);
        var angles = positions.view(positions.count(), 1, 1).times(perToken(pass));
        var both = Tensors.concat(-1, angles, angles);
        return new At(
                both.cos().multiply(speeds.magnitude()).to(type),
                both.sin().multiply(speeds.magnitude()).to(type));
    }

    /// [tokens, 1, turned width ÷ 2], or [1, 1, …] where all are turned alike.
    private Tensor perToken(Pass pass) {
        var lengths = speeds.byLength() ? pass.textLengths() : new int[] {1};
        var byLength = new HashMap<Integer, float[]>();
        for (int length : lengths) {
            byLength.computeIfAbsent(length, speeds::at);
        }
        var first = Objects.requireNonNull(byLength.get(lengths[0]));
        if (byLength.values().stream().allMatch(each -> Arrays.equals(each, first))) {
            return Tensors.of(first, 1, 1, first.length);
        }
        var all = new float[lengths.length * first.length];
        for (int token = 0; token < lengths.length; token++) {
            var own = Objects.requireNonNull(byLength.get(lengths[token]));
            System.arraycopy(own, 0, all, token * first.length, first.length);
        }
        return Tensors.of(all, lengths.length, 1, first.length);
    }

    /// Turns the first dimensions of every head and leaves those that the rope does not reach.
    ///
    /// @param x [tokens, heads, head width]; the result has the same shape
    public static Tensor rotate(Tensor x, At at) {
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
