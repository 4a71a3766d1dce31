package dev.sartor.tensor.kernel;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Numbers in 8 bits, in blocks of 256 with a scale each (block-wise dynamic quantisation, Dettmers et al. 2022): what an
/// optimiser remembers, at a quarter of the memory. For the engine's thread.
///
/// @param codes U8 [count]
/// @param scales F32 [⌈count ÷ 256⌉]: the largest absolute value of each block
/// @param signed whether numbers may be negative
public record Blockwise8Bit(Tensor codes, Tensor scales, boolean signed) {
    /// Numbers of a block.
    public static final int BLOCK = 256;

    /// So many zeros. Belongs to the current scope.
    public static Blockwise8Bit zeros(long count, boolean signed) {
        var bits =
                new Blockwise8Bit(
                        Tensors.empty(DType.U8, count),
                        Tensors.zeros(DType.F32, (count + BLOCK - 1) / BLOCK),
                        signed);
        bits.codes.fill(bits.map().nearest(0));
        return bits;
    }

    private DynamicCodes map() {
        return signed ? DynamicCodes.SIGNED : DynamicCodes.UNSIGNED;
    }

    public long count() {
        return codes.count();
    }

    /// What is to be kept of it, in this order.
    public List<Tensor> tensors() {
        return List.of(codes, scales);
    }

    /// A part without a copy.
    ///
    /// @param from a multiple of {@link #BLOCK}
    public Blockwise8Bit slice(long from, long length) {
        if (from % BLOCK != 0) {
            throw new IllegalArgumentException("a slice must begin with a block, got " + from);
        }
        return new Blockwise8Bit(
                codes.slice(0, from, length),
                scales.slice(0, from / BLOCK, (length + BLOCK - 1) / BLOCK),
                signed);
    }

    /// In F32 [count]. Belongs to the current scope.
    public Tensor unpacked() {
        var out = Tensors.empty(DType.F32, count());
        var map = map();
        long from = codes.address();
        long to = out.address();
        long scale = scales.address();
        eachBlock((block, length) -> {
            float most = RowKernels.value(scale + (long) Float.BYTES * block);
            long at = (long) block * BLOCK;
            for (int i = 0; i < length; i++) {
                int code = RowKernels.NATIVE.get(ValueLayout.JAVA_BYTE, from + at + i);
                RowKernels.put(to + Float.BYTES * (at + i), most * map.value(code & 0xff));
            }
        });
        return out;
    }

    /// Rounds each of these numbers to the nearest.
    ///
    /// @param exact F32 [count], finite, none negative where there are no signs
    public void pack(Tensor exact) {
        if (exact.count() != count() || exact.type() != DType.F32) {
            throw new IllegalArgumentException("must be F32 [" + count() + "], got " + exact);
        }
        var map = map();
        long from = exact.address();
        long to = codes.address();
        long scale = scales.address();
        eachBlock((block, length) -> {
            long at = (long) block * BLOCK;
            float most = RowKernels.largest(from + Float.BYTES * at, length);
            RowKernels.put(scale + (long) Float.BYTES * block, most);
            for (int i = 0; i < length; i++) {
                float x = RowKernels.value(from + Float.BYTES * (at + i));
                int code = map.nearest(most == 0 ? 0 : x / most);
                RowKernels.NATIVE.set(ValueLayout.JAVA_BYTE, to + at + i, (byte) code);
            }
        });
    }

    @FunctionalInterface
    private interface Block {
        void at(int block, int length);
    }

    private void eachBlock(Block work) {
        RowKernels.eachRow(
                Math.toIntExact(scales.count()),
                (long) BLOCK * Float.BYTES,
                block -> work.at(block, (int) Math.min(BLOCK, count() - (long) block * BLOCK)));
    }
}
