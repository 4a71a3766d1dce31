package dev.sartor.core.measure;

/// Arithmetic on vectors, in 64 bits and always in the same order.
public final class VectorProducts {
    private VectorProducts() {}

    public static double product(float[] a, float[] b) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0; // four sums, as each addition waits for the one before
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            first += (double) a[i] * b[i];
            second += (double) a[i + 1] * b[i + 1];
            third += (double) a[i + 2] * b[i + 2];
            fourth += (double) a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            first += (double) a[i] * b[i];
        }
        return (first + second) + (third + fourth);
    }

    /// 0 where one of them has no direction.
    public static double cosine(float[] a, float[] b) {
        double norms = Math.sqrt(product(a, a) * product(b, b));
        return norms == 0 ? 0 : product(a, b) / norms;
    }
}
