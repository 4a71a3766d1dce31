package dev.sartor.tensor.kernel;

import dev.sartor.tensor.Elements;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// A step of Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2) in one pass over memory, computed in
/// float32. With g the gradient times `factor`: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², w ← w·(1 − decay) − rate·m ÷ (√v
/// ÷ √(1 − β₂ᵗ) + ε).
///
/// @param factor that gradients are multiplied by first
/// @param rate the learning rate ÷ (1 − β₁ᵗ)
/// @param spread 1 ÷ √(1 − β₂ᵗ)
/// @param decay the learning rate · the weight decay
public record AdamStep(
        double beta1,
        double beta2,
        double epsilon,
        double factor,
        double rate,
        double spread,
        double decay) {
    /// Parameters that one thread changes at a time; they and their means fit into its cache.
    private static final int PIECE = 4096;

    /// Changes parameters and running means; all are one-dimensional, of one length and contiguous.
    ///
    /// @param master F32
    /// @param working F32 or BF16, receives the master's values; may be the master
    /// @param gradient of the working parameters' type
    /// @param mean F32, m
    /// @param square F32, v
    public void take(Tensor master, Tensor working, Tensor gradient, Tensor mean, Tensor square) {
        var kind = Elements.of(working);
        var single = new Elements(false);
        int size = kind.size();
        long weights = master.address();
        long rounded = working.address();
        long flowing = gradient.address();
        long means = mean.address();
        long squares = square.address();
        boolean isOne = rounded == weights;
        long count = master.count();
        eachPiece(
                count,
                (from, width) -> {
                    long at = 4 * from;
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var g = kind.load(flowing + size * from, i, width).mul((float) factor);
                        var m = mean(single.load(means + at, i, width), g);
                        var v = square(single.load(squares + at, i, width), g);
                        var below = v.sqrt().mul((float) spread).add((float) epsilon);
                        var w =
                                single.load(weights + at, i, width)
                                        .mul((float) (1 - decay))
                                        .sub(m.div(below).mul((float) rate));
                        single.store(m, means + at, i, width);
                        single.store(v, squares + at, i, width);
                        single.store(w, weights + at, i, width);
                        if (!isOne) {
                            kind.store(w, rounded + size * from, i, width);
                        }
                    }
                });
    }

    private FloatVector mean(FloatVector mean, FloatVector gradient) {
        return mean.mul((float) beta1).add(gradient.mul((float) (1 - beta1)));
    }

    private FloatVector square(FloatVector square, FloatVector gradient) {
        return square.mul((float) beta2).add(gradient.mul(gradient).mul((float) (1 - beta2)));
    }

    /// The sum of squares of one-dimensional contiguous F32 or BF16; the order in which it is added is always the same.
    public static double squares(Tensor x) {
        var kind = Elements.of(x);
        long start = x.address();
        var sums = new double[Math.toIntExact((x.count() + PIECE - 1) / PIECE)];
        eachPiece(
                x.count(),
                (from, width) -> {
                    var sum = FloatVector.zero(RowKernels.SPECIES);
                    for (int i = 0; i < width; i += Elements.LANES) {
                        var value = kind.load(start + kind.size() * from, i, width);
                        sum = value.lanewise(VectorOperators.FMA, value, sum);
                    }
                    sums[(int) (from / PIECE)] = RowKernels.sum(sum);
                });
        double all = 0;
        for (double sum : sums) {
            all += sum;
        }
        return all;
    }

    @FunctionalInterface
    private interface Piece {
        void at(long from, int width);
    }

    private static void eachPiece(long count, Piece work) {
        int pieces = Math.toIntExact((count + PIECE - 1) / PIECE);
        RowKernels.eachRow(
                pieces,
                20L * PIECE,
                piece -> {
                    long from = (long) piece * PIECE;
                    work.at(from, (int) Math.min(PIECE, count - from));
                });
    }
}
