package dev.sartor.tensor;

import dev.sartor.core.SartorException;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.IValue;

/// A weight in int8 with one scale for each row of it, multiplied as integers. Weight and input are turned by a
/// {@link HadamardTransform}; then every row of the input is divided by its own largest value and rounded to 8 bits. The sums are
/// exact, so that a row's product does not depend on what else is computed. FBGEMM computes it.
final class Int8Matrix implements Matrix {
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

    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64");

    private final IValue packed;
    private final long out;
    private final HadamardTransform turn;
    private final long in;

    private Int8Matrix(IValue packed, long out, HadamardTransform turn, long in) {
        this.packed = packed;
        this.out = out;
        this.turn = turn;
        this.in = in;
    }

    /// @param turned which the matrix does not keep
    ///
    /// @throws SartorException something is missing where FBGEMM is not, which computes on x86-64 alone
    static Int8Matrix of(Int8Rows turned) {
        refuseElsewhere();
        try (var _ = TensorScope.open()) {
            return packed(turned.values(), turned.scales(), HadamardTransform.of(turned.width()));
        }
    }

    private static void refuseElsewhere() {
        var processor = System.getProperty("os.arch", "");
        if (!PROCESSORS.contains(processor)) {
            throw SartorException.missing(
                    "weights: int8 and int4 need an x86-64 processor, got "
                            + processor
                            + ": choose bf16");
        }
    }

    private static Int8Matrix packed(Tensor values, Tensor scales, HadamardTransform turn) {
        try (var ints = new IValue(values.raw());
                var steps = new IValue(scales.to(DType.F64).raw());
                var zeros = new IValue(Tensors.zeros(DType.I64, scales.count()).raw());
                var quantised = Operators.QUANTISE.call(ints, steps, zeros, Operators.FIRST)) {
            return new Int8Matrix(
                    Operators.PACK.call(quantised, Operators.ABSENT),
                    values.size(0),
                    turn,
                    values.size(1));
        }
    }

    @Override
    public Tensor product(Tensor x, Optional<Tensor> bias) {
        int rows = (int) x.size(0);
        var scaled = Tensors.empty(DType.F32, rows, in);
        var largest = RowKernels.turnedToOne(x.address(), scaled.address(), rows, turn, in);
        Tensor product;
        try (var input = new IValue(scaled.raw())) {
            product = Operators.PRODUCT.tensor(input, Operators.STEP, Operators.ZERO, packed);
        }
        scaled.free();
        RowKernels.scaleBack(product.address(), out, largest, bias.map(Tensor::address).orElse(0L));
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
        var dense = Operators.UNPACK.tensor(packed).dequantised();
        RowKernels.hadamard(dense.address(), (int) out, turn, in, 1);
        return dense;
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
