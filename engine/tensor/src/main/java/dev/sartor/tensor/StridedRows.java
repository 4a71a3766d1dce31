package dev.sartor.tensor;

/// A float32 tensor [tokens, heads, width] in native memory, read by place: a slice of a larger one needs no copy.
public record StridedRows(long start, long tokenStride, long headStride) {
    /// @param x F32 [tokens, heads, width], the last dimension without gaps; valid while it lives
    public static StridedRows of(Tensor x) {
        var raw = x.raw();
        if (x.type() != DType.F32 || raw.stride(2) != 1) {
            throw new IllegalArgumentException("rows must be F32 without gaps, got " + x);
        }
        return new StridedRows(x.address(), raw.stride(0), raw.stride(1));
    }

    /// Where a head's numbers begin.
    public long at(int token, int head) {
        return start + (token * tokenStride + head * headStride) * Float.BYTES;
    }
}
