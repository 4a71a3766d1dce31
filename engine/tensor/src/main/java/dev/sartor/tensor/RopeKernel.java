package dev.sartor.tensor;

/// Rotary positions (Su et al. 2021) in the layout of transformers: of each head dimension i turns with i + width/2.
final class RopeKernel {
    private static final int LANES = RowKernels.SPECIES.length();

    private RopeKernel() {}

    /// @param x F32 [tokens, heads, head width], the last dimension without gaps
    /// @param cosine F32, `tokens` rows of head width; its second half equals its first
    /// @return F32 [tokens, heads, head width]
    static Tensor rotate(Tensor x, Tensor cosine, Tensor sine) {
        var from = StridedRows.of(x);
        int heads = (int) x.size(1);
        int width = (int) x.size(2);
        var out = Tensors.empty(DType.F32, x.size(0), heads, width);
        long to = out.address();
        long cosines = cosine.address();
        long sines = sine.address();
        RowKernels.eachRow(
                (int) x.size(0),
                4L * heads * width,
                token -> {
                    long angle = 4L * token * width;
                    for (int head = 0; head < heads; head++) {
                        rotate(
                                from.at(token, head),
                                to + 4L * ((long) token * heads + head) * width,
                                cosines + angle,
                                sines + angle,
                                width / 2);
                    }
                });
        return out;
    }

    static void rotate(long from, long to, long cosine, long sine, int half) {
        for (int i = 0; i < half; i += LANES) {
            int count = Math.min(LANES, half - i);
            var low = load(from + 4L * i, count);
            var high = load(from + 4L * (half + i), count);
            var c = load(cosine + 4L * i, count);
            var s = load(sine + 4L * i, count);
            store(low.mul(c).sub(high.mul(s)), to + 4L * i, count);
            store(high.mul(c).add(low.mul(s)), to + 4L * (half + i), count);
        }
    }

    private static jdk.incubator.vector.FloatVector load(long at, int count) {
        return count == LANES ? RowKernels.load(at) : RowKernels.load(at, count);
    }

    private static void store(jdk.incubator.vector.FloatVector values, long at, int count) {
        if (count == LANES) {
            RowKernels.store(values, at);
        } else {
            RowKernels.store(values, at, count);
        }
    }
}
