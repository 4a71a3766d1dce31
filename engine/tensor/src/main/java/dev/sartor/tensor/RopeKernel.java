package dev.sartor.tensor;

/// Rotary positions (Su et al. 2021) in the layout of transformers: of each head dimension i turns with i + width/2. For heads
/// of F32 or BF16, computed in float32.
final class RopeKernel {
    private RopeKernel() {}

    /// @param x F32 or BF16 [tokens, heads, head width], the last dimension without gaps
    /// @param cosine of x's type, `tokens` rows of head width; its second half equals its first
    /// @return [tokens, heads, head width], of x's type
    static Tensor rotate(Tensor x, Tensor cosine, Tensor sine) {
        var elements = Elements.of(x);
        var from = StridedRows.of(x);
        int heads = (int) x.size(1);
        int width = (int) x.size(2);
        long bytes = (long) width * elements.size();
        var out = Tensors.empty(x.type(), x.size(0), heads, width);
        long to = out.address();
        long cosines = cosine.address();
        long sines = sine.address();
        RowKernels.eachRow(
                (int) x.size(0),
                heads * bytes,
                token -> {
                    for (int head = 0; head < heads; head++) {
                        rotate(
                                elements,
                                from.at(token, head),
                                to + ((long) token * heads + head) * bytes,
                                cosines + token * bytes,
                                sines + token * bytes,
                                width / 2);
                    }
                });
        return out;
    }

    static void rotate(Elements elements, long from, long to, long cosine, long sine, int half) {
        long fromHigh = from + (long) half * elements.size();
        long toHigh = to + (long) half * elements.size();
        for (int i = 0; i < half; i += Elements.LANES) {
            var low = elements.load(from, i, half);
            var high = elements.load(fromHigh, i, half);
            var c = elements.load(cosine, i, half);
            var s = elements.load(sine, i, half);
            elements.store(low.mul(c).sub(high.mul(s)), to, i, half);
            elements.store(high.mul(c).add(low.mul(s)), toHigh, i, half);
        }
    }
}
