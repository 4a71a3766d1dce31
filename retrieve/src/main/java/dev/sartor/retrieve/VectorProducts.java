package dev.sartor.retrieve;

/// Arithmetic on vectors, in 64 bits and always in the same order.
final class VectorProducts {
    private VectorProducts() {}

    static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /// 0 where one of them has no direction.
    static double cosine(float[] a, float[] b) {
        double norms = Math.sqrt(product(a, a) * product(b, b));
        return norms == 0 ? 0 : product(a, b) / norms;
    }
}
