package dev.sartor.tensor;

/// A tensor [tokens, heads, width] of F32 or BF16 in native memory, read by place: a slice of a larger one needs no copy.
///
/// @param tokenStride elements from a token to the next
/// @param headStride elements from a head to the next
public record StridedRows(long start, long tokenStride, long headStride, Elements elements) {
    /// @param x [tokens, heads, width], the last dimension without gaps; valid while it lives
    public static StridedRows of(Tensor x) {
        var raw = x.raw();
        return new StridedRows(x.address(), raw.stride(0), raw.stride(1), Elements.of(x));
    }

    /// Where a head's numbers begin.
    public long at(int token, int head) {
        return start + (token * tokenStride + head * headStride) * elements.size();
    }
}
