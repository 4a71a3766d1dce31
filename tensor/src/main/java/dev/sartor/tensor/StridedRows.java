package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A float32 tensor [tokens, heads, width] in native memory, read by place: a slice of a larger one needs no copy.
record StridedRows(MemorySegment memory, long tokenStride, long headStride) {
    /// @param x F32 [tokens, heads, width], the last dimension without gaps; valid while it lives
    @SuppressWarnings("restricted")
    static StridedRows of(Tensor x) {
        var raw = x.raw();
        if (x.type() != DType.F32 || raw.stride(2) != 1) {
            throw new IllegalArgumentException("rows must be F32 without gaps, got " + x);
        }
        long token = raw.stride(0);
        long head = raw.stride(1);
        long count = (raw.size(0) - 1) * token + (raw.size(1) - 1) * head + raw.size(2);
        try (var start = raw.data_ptr()) {
            var memory = MemorySegment.ofAddress(start.address()).reinterpret(count * Float.BYTES);
            return new StridedRows(memory, token, head);
        }
    }

    float get(int token, int head, int i) {
        return memory.get(ValueLayout.JAVA_FLOAT, at(token, head) + 4L * i);
    }

    /// Where a head's numbers begin, in bytes.
    long at(int token, int head) {
        return (token * tokenStride + head * headStride) * Float.BYTES;
    }
}
