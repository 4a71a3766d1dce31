package dev.sartor.tensor.kernel;

import dev.sartor.tensor.Elements;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.Tensor;

/// Rotary positions in place, forwards and back (back is the turn the other way), for heads of F32 or BF16, computed in
/// float32. In the layout of transformers: dimension i turns with dimension i + width/2.
public final class RopeGradient {
    private RopeGradient() {}

    /// @param x [tokens, heads, head width], the last dimension without gaps
    /// @param cosine of x's type, `tokens` rows of the turned width, contiguous; its second half equals its first
    /// @param back turns the other way
    public static void rotate(Tensor x, Tensor cosine, Tensor sine, boolean back) {
        var kind = Elements.of(x);
        int heads = (int) x.size(1);
        int width = (int) cosine.size(-1);
        int half = width / 2;
        long tokenStride = x.raw().stride(0) * kind.size();
        long headStride = x.raw().stride(1) * kind.size();
        long at = x.address();
        long cosines = cosine.address();
        long sines = sine.address();
        float sign = back ? -1 : 1;
        RowKernels.eachRow(
                (int) x.size(0),
                (long) heads * width * kind.size(),
                token -> {
                    long angle = (long) token * width * kind.size();
                    for (int head = 0; head < heads; head++) {
                        long low = at + token * tokenStride + head * headStride;
                        long high = low + (long) half * kind.size();
                        for (int i = 0; i < half; i += Elements.LANES) {
                            var a = kind.load(low, i, half);
                            var b = kind.load(high, i, half);
                            var c = kind.load(cosines + angle, i, half);
                            var s = kind.load(sines + angle, i, half).mul(sign);
                            kind.store(a.mul(c).sub(b.mul(s)), low, i, half);
                            kind.store(b.mul(c).add(a.mul(s)), high, i, half);
                        }
                    }
                });
    }
}
