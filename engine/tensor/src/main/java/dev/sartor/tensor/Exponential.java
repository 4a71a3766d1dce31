package dev.sartor.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// e^x of float32 lanes: 2^n · e^r with n the nearest whole number to x·log2(e) and a polynomial in r (Cephes' expf), within
/// 2 units in the last place.
public final class Exponential {
    private static final float LOWEST = -87.3f;
    private static final float HIGHEST = 88.3f;
    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6933594f;
    private static final float LN2_LOW = -2.12194440e-4f;

    /// Adding and subtracting it rounds to a whole number.
    private static final float ROUNDING = 12582912f;

    /// The polynomial's coefficients, the highest first: as constants, so that they stay in registers.
    private static final FloatVector C6 = constant(0.00019875691f);

    private static final FloatVector C5 = constant(0.0013981999f);
    private static final FloatVector C4 = constant(0.008333452f);
    private static final FloatVector C3 = constant(0.041665796f);
    private static final FloatVector C2 = constant(0.16666666f);
    private static final FloatVector C1 = constant(0.5f);

    private Exponential() {}

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(RowKernels.SPECIES, value);
    }

    /// 0 far below, never infinite; not a number stays so.
    public static FloatVector of(FloatVector x) {
        var within = x.max(LOWEST).min(HIGHEST);
        var whole = within.mul(LOG2_E).add(ROUNDING).sub(ROUNDING);
        var rest = whole.lanewise(VectorOperators.FMA, -LN2_HIGH, within);
        rest = whole.lanewise(VectorOperators.FMA, -LN2_LOW, rest);
        var sum = C6.lanewise(VectorOperators.FMA, rest, C5);
        sum = sum.lanewise(VectorOperators.FMA, rest, C4);
        sum = sum.lanewise(VectorOperators.FMA, rest, C3);
        sum = sum.lanewise(VectorOperators.FMA, rest, C2);
        sum = sum.lanewise(VectorOperators.FMA, rest, C1);
        sum = sum.lanewise(VectorOperators.FMA, rest.mul(rest), rest.add(1f));
        var power =
                whole.convert(VectorOperators.F2I, 0)
                        .reinterpretAsInts()
                        .add(127)
                        .lanewise(VectorOperators.LSHL, 23)
                        .reinterpretAsFloats();
        return sum.mul(power);
    }

    /// 1 / (1 + e^−x)
    public static FloatVector sigmoid(FloatVector x) {
        var one = FloatVector.broadcast(RowKernels.SPECIES, 1f);
        return one.div(of(x.neg()).add(1f));
    }

    /// tanh x = 2 · sigmoid(2x) − 1
    public static FloatVector tanh(FloatVector x) {
        return sigmoid(x.add(x)).mul(2f).sub(1f);
    }
}
