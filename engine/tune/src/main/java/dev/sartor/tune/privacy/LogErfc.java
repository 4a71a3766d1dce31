package dev.sartor.tune.privacy;

/// The logarithm of the complementary error function, which itself is too small for a double from 27 on.
final class LogErfc {
    /// From here on the continued fraction is exact to the last digits with so many terms.
    private static final double FAR = 2.5;

    private static final int TERMS = 120;

    private LogErfc() {}

    static double of(double x) {
        if (x >= FAR) {
            return -x * x - Math.log(fraction(x)) - 0.5 * Math.log(Math.PI);
        }
        return x <= -FAR ? Math.log1p(1 - Math.exp(of(-x))) : Math.log1p(-erf(x));
    }

    /// x + (1/2) / (x + 1 / (x + (3/2) / (x + …))): Abramowitz and Stegun 1964, 7.1.14.
    private static double fraction(double x) {
        double value = x;
        for (int term = TERMS; term >= 1; term--) {
            value = x + term / 2.0 / value;
        }
        return value;
    }

    /// Abramowitz and Stegun 1964, 7.1.6: all terms have x's sign.
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
