package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.bytedeco.pytorch.GradMode;

/// Arithmetic over rows of float32 or BF16 in native memory, for the small steps between products: one pass over the memory, no
/// allocation, where libtorch would take several operators of microseconds each. A row never depends on another.
public final class RowKernels {
    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(16 * LANES));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * LANES));
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, SPECIES.vectorShape());

    /// All of the process's memory: an address is an offset in it, and no bound is checked. Kernels keep to the tensors
    /// whose addresses they are given.
    @SuppressWarnings("restricted")
    public static final MemorySegment NATIVE = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /// Of a vector's lanes the partners at a distance of 1, 2, 4 and 8. As constants, so that they stay in registers.
    static final VectorShuffle<Float> PARTNER_1 = partners(1);

    static final VectorShuffle<Float> PARTNER_2 = partners(2);
    static final VectorShuffle<Float> PARTNER_4 = partners(4);
    static final VectorShuffle<Float> PARTNER_8 = partners(8);

    /// Bytes below which waking another thread does not pay.
    private static final long WORTH_SHARING = 1 << 18;

    private static final int ROWS_OF_A_PIECE = 16;
    private static final int CACHE_LINE = 64;

    /// Keeps the compiler from dropping the reads of {@link #fetch}.
    static long fetched;

    private RowKernels() {}

    private static VectorShuffle<Float> partners(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) % LANES);
    }

    /// The sum of the lanes, always added in the same order: that of `reduceLanes` is another once a method is compiled.
    public static float sum(FloatVector lanes) {
        var x = lanes;
        if (LANES > 8) {
            x = x.add(x.rearrange(PARTNER_8));
        }
        if (LANES > 4) {
            x = x.add(x.rearrange(PARTNER_4));
        }
        x = x.add(x.rearrange(PARTNER_2));
        return x.add(x.rearrange(PARTNER_1)).lane(0);
    }

    /// @param at an address of native memory that a tensor owns
    public static FloatVector load(long at) {
        return FloatVector.fromMemorySegment(SPECIES, NATIVE, at, ORDER);
    }

    /// From BF16, whose bits are the upper half of a float32.
    public static FloatVector loadHalves(long at) {
        var halves = ShortVector.fromMemorySegment(HALVES, NATIVE, at, ORDER);
        return ((IntVector) halves.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }

    /// From int8, as many as a vector has or are left.
    public static FloatVector loadBytes(long at, int count) {
        var bytes =
                count >= LANES
                        ? ByteVector.fromMemorySegment(BYTES, NATIVE, at, ORDER)
                        : ByteVector.fromMemorySegment(
                                BYTES, NATIVE, at, ORDER, BYTES.indexInRange(0, count));
        return (FloatVector) bytes.convertShape(VectorOperators.B2F, SPECIES, 0);
    }

    public static void store(FloatVector values, long at) {
        values.intoMemorySegment(NATIVE, at, ORDER);
    }

    /// The first `count` lanes, zeros behind them.
    public static FloatVector load(long at, long count) {
        return FloatVector.fromMemorySegment(SPECIES, NATIVE, at, ORDER, first(count));
    }

    public static void store(FloatVector values, long at, long count) {
        values.intoMemorySegment(NATIVE, at, ORDER, first(count));
    }

    static VectorMask<Float> first(long count) {
        return SPECIES.indexInRange(0, count);
    }

    /// Whether kernels may compute with it: F32 or BF16, and no gradient is recorded.
    static boolean suits(Tensor x) {
        return isKnown(x.type()) && !GradMode.is_enabled() && x.raw().is_contiguous();
    }

    /// The same for a tensor [tokens, heads, width] that may be a slice of a larger one.
    static boolean suitsInRows(Tensor x) {
        return isKnown(x.type()) && !GradMode.is_enabled() && x.raw().stride(2) == 1;
    }

    private static boolean isKnown(DType type) {
        return type == DType.F32 || type == DType.BF16;
    }

    /// @param bytes of a row, which says whether sharing the rows among threads pays
    public static void eachRow(int rows, long bytes, IntConsumer work) {
        if (rows * bytes < WORTH_SHARING) {
            for (int row = 0; row < rows; row++) {
                work.accept(row);
            }
            return;
        }
        int pieces = (rows + ROWS_OF_A_PIECE - 1) / ROWS_OF_A_PIECE;
        Workers.each(
                pieces,
                true,
                (piece, _) -> {
                    int end = Math.min(rows, (piece + 1) * ROWS_OF_A_PIECE);
                    for (int row = piece * ROWS_OF_A_PIECE; row < end; row++) {
                        work.accept(row);
                    }
                });
    }

    /// Reads a number of each cache line, many at a time. A kernel that works through memory once waits for one line after
    /// the other where its arithmetic is too long for the processor to look ahead; then fetching a piece first is faster.
    public static void fetch(long start, long bytes) {
        long sum = 0;
        for (long at = start; at < start + bytes; at += CACHE_LINE) {
            sum += NATIVE.get(ValueLayout.JAVA_BYTE, at);
        }
        fetched = sum;
    }

    public static float value(long at) {
        return NATIVE.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
    }

    /// A BF16.
    public static float half(long at) {
        return Float.intBitsToFloat(NATIVE.get(ValueLayout.JAVA_SHORT_UNALIGNED, at) << 16);
    }

    public static void put(long at, float value) {
        NATIVE.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, value);
    }

    /// Writes each row turned and divided by its then largest absolute value; returns those values.
    ///
    /// @param from where `rows` rows stand one after another
    public static float[] turnedToOne(
            long from, long to, int rows, HadamardTransform turn, long width) {
        var largest = new float[rows];
        long stride = width * Float.BYTES;
        eachRow(
                rows,
                stride,
                row -> {
                    long at = to + row * stride;
                    turn.transform(from + row * stride, at, width);
                    float most = largest(at, width);
                    multiply(at, width, most == 0 ? 0 : 1 / most);
                    largest[row] = most;
                });
        return largest;
    }

    /// Turns each row and multiplies it, in place.
    static void hadamard(long at, int rows, HadamardTransform turn, long width, float factor) {
        long stride = width * Float.BYTES;
        eachRow(
                rows,
                stride,
                row -> {
                    turn.transform(at + row * stride, at + row * stride, width);
                    multiply(at + row * stride, width, factor);
                });
    }

    /// Multiplies each row by its value and adds the bias, in place.
    ///
    /// @param bias where it stands; 0 for none
    public static void scaleBack(long at, long width, float[] factors, long bias) {
        long stride = width * Float.BYTES;
        eachRow(
                factors.length,
                stride,
                row -> {
                    multiply(at + row * stride, width, factors[row]);
                    if (bias != 0) {
                        add(at + row * stride, bias, width);
                    }
                });
    }

    public static float largest(long start, long width) {
        var most = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            most = most.max(load(start + 4L * i).abs());
        }
        if (i < width) {
            most = most.max(load(start + 4L * i, width - i).abs());
        }
        return most.reduceLanes(VectorOperators.MAX);
    }

    private static void multiply(long start, long width, float factor) {
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            store(load(start + 4L * i).mul(factor), start + 4L * i);
        }
        if (i < width) {
            store(load(start + 4L * i, width - i).mul(factor), start + 4L * i, width - i);
        }
    }

    private static void add(long start, long summand, long width) {
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            store(load(start + 4L * i).add(load(summand + 4L * i)), start + 4L * i);
        }
        if (i < width) {
            var sum = load(start + 4L * i, width - i).add(load(summand + 4L * i, width - i));
            store(sum, start + 4L * i, width - i);
        }
    }

    /// The kernels between products on one small row, so that the JVM compiles them. Computes nothing that is used.
    ///
    /// @param memory the address of `width` float32 numbers, which are written over
    /// @param halves whether rows are BF16
    public static Runnable warmUp(long memory, int width, boolean halves) {
        var elements = new Elements(halves);
        var norm = new NormKernel.Row(elements, elements, memory, width, 1);
        Runnable both =
                () -> {
                    norm.rms(memory, memory);
                    RopeKernel.rotate(elements, memory, memory, memory, memory, width / 2);
                    GateKernel.silu(elements, memory, memory, width / 2);
                };
        if (halves) {
            return both;
        }
        var transform = HadamardTransform.of(width);
        var scales = new float[1];
        return () -> {
            both.run();
            turnedToOne(memory, memory, 1, transform, width);
            scaleBack(memory, width, scales, 0);
        };
    }
}
