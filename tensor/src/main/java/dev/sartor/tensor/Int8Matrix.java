package dev.sartor.tensor;

import java.util.Optional;
import org.bytedeco.pytorch.IValue;

/// A weight in int8 with one scale for each row of it, multiplied as integers: every row of the input is scaled by its own
/// largest value and rounded to 8 bits (per-token dynamic quantisation, Dettmers et al. 2022, without its outliers'
/// path), the sums are exact, so that a row's product does not depend on what else is computed. FBGEMM computes it.
final class Int8Matrix implements Matrix {
    private static final int ROWS_AT_A_TIME = 4096;

    private static final class Operators {
        static final Operator QUANTISE = Operator.named("aten::_make_per_channel_quantized_tensor");
        static final Operator PACK = Operator.named("quantized::linear_prepack");
        static final Operator UNPACK = Operator.named("quantized::linear_unpack");
        static final Operator PRODUCT =
                Operator.named("quantized::linear_with_input_q_dq_qweight_dq_output_fp32");
        static final IValue ABSENT = new IValue();
        static final IValue FIRST = new IValue(0L);
        static final IValue STEP = new IValue(1.0 / InputRange.STEPS);
        static final IValue ZERO = new IValue((long) InputRange.ZERO);
    }

    private final IValue packed;
    private final long out;
    private final long in;

    private Int8Matrix(IValue packed, long out, long in) {
        this.packed = packed;
        this.out = out;
        this.in = in;
    }

    /// Rounds each row to 127 steps on either side of zero.
    ///
    /// @param weight [out, in], F32 or BF16
    static Int8Matrix of(Tensor weight) {
        long out = weight.size(0);
        long in = weight.size(1);
        try (var _ = TensorScope.open()) {
            var values = Tensors.empty(DType.I8, out, in);
            var scales = Tensors.empty(DType.F32, out);
            for (long row = 0; row < out; row += ROWS_AT_A_TIME) {
                long count = Math.min(ROWS_AT_A_TIME, out - row);
                round(
                        weight.slice(0, row, count),
                        values.slice(0, row, count),
                        scales.slice(0, row, count));
            }
            return packed(values, scales);
        }
    }

    private static void round(Tensor from, Tensor values, Tensor scales) {
        try (var _ = TensorScope.open()) {
            Int8Rows.round(from, values, scales);
        }
    }

    private static Int8Matrix packed(Tensor values, Tensor scales) {
        try (var ints = new IValue(values.raw());
                var steps = new IValue(scales.to(DType.F64).raw());
                var zeros = new IValue(Tensors.zeros(DType.I64, scales.count()).raw());
                var quantised = Operators.QUANTISE.call(ints, steps, zeros, Operators.FIRST)) {
            return new Int8Matrix(
                    Operators.PACK.call(quantised, Operators.ABSENT),
                    values.size(0),
                    values.size(1));
        }
    }

    @Override
    public Tensor product(Tensor x, Optional<Tensor> bias) {
        long rows = x.size(0);
        var scaled = Tensors.empty(DType.F32, rows, in);
        var largest = RowKernels.scaledToOne(x.memory(), scaled.memory(), in);
        Tensor product;
        try (var input = new IValue(scaled.raw())) {
            product = Operators.PRODUCT.tensor(input, Operators.STEP, Operators.ZERO, packed);
        }
        scaled.free();
        RowKernels.scaleBack(product.memory(), largest, bias.map(Tensor::memory));
        return product;
    }

    @Override
    public DType type() {
        return DType.F32;
    }

    @Override
    public long out() {
        return out;
    }

    @Override
    public long in() {
        return in;
    }

    @Override
    public Tensor dense() {
        return Operators.UNPACK.tensor(packed).dequantised();
    }

    @Override
    public long bytes() {
        return out * in + out * (Float.BYTES + 2L * Integer.BYTES);
    }

    @Override
    public void close() {
        Engine.check();
        packed.close();
    }
}
