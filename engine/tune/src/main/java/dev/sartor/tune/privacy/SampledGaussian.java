package dev.sartor.tune.privacy;

/// The Rényi divergence of one step of the Gaussian mechanism on rows that are drawn independently with one probability, by
/// neighbours that differ by a row (Mironov, Talwar and Zhang 2019, section 3.3).
///
/// @param rate the probability, over 0 and at most 1
/// @param noise the standard deviation ÷ the clip norm
record SampledGaussian(double rate, double noise) {
    /// Terms of the infinite sums below e^this are left out, as Opacus does.
    private static final double SMALL = -30;

    /// More terms than any sum needs that comes to an end.
    private static final int MOST_TERMS = 1_000_000;

    private static final double NOTHING = Double.NEGATIVE_INFINITY;

    /// @param order α, more than 1
    /// @return infinite where the sums say nothing in doubles
    double divergence(double order) {
        if (rate == 1) {
            return order / (2 * noise * noise);
        }
        double log = order == Math.rint(order) ? whole((int) order) : fractional(order);
        return Double.isNaN(log) ? Double.POSITIVE_INFINITY : log / (order - 1);
    }

    /// Equation 10.
    private double whole(int order) {
        double sum = NOTHING;
        double coefficient = 0;
        for (int i = 0; i <= order; i++) {
            if (i > 0) {
                coefficient += Math.log((double) (order - i + 1) / i);
            }
            double term =
                    coefficient + i * Math.log(rate) + (order - i) * Math.log1p(-rate) + shift(i);
            sum = plus(sum, term);
        }
        return sum;
    }

    /// Both sums of section 3.3, with the signs of the binomial coefficients.
    private double fractional(double order) {
        double middle = noise * noise * Math.log(1 / rate - 1) + 0.5;
        double below = NOTHING;
        double above = NOTHING;
        double coefficient = 1;
        for (int i = 0; i < MOST_TERMS; i++) {
            double rest = order - i;
            double size = Math.log(Math.abs(coefficient));
            double lower =
                    size
                            + i * Math.log(rate)
                            + rest * Math.log1p(-rate)
                            + shift(i)
                            + tail(i - middle);
            double upper =
                    size
                            + rest * Math.log(rate)
                            + i * Math.log1p(-rate)
                            + shift(rest)
                            + tail(middle - rest);
            below = coefficient > 0 ? plus(below, lower) : minus(below, lower);
            above = coefficient > 0 ? plus(above, upper) : minus(above, upper);
            if (Math.max(lower, upper) < SMALL) {
                return plus(below, above);
            }
            coefficient *= rest / (i + 1);
        }
        return Double.NaN;
    }

    private double shift(double i) {
        return (i * i - i) / (2 * noise * noise);
    }

    /// log(½ · erfc(x ÷ √2σ))
    private double tail(double x) {
        return Math.log(0.5) + LogErfc.of(x / (Math.sqrt(2) * noise));
    }

    /// log(eᵃ + eᵇ)
    private static double plus(double a, double b) {
        double more = Math.max(a, b);
        return more == NOTHING ? NOTHING : more + Math.log1p(Math.exp(Math.min(a, b) - more));
    }

    /// log(eᵃ − eᵇ); not a number where that is negative.
    private static double minus(double a, double b) {
        if (b == NOTHING) {
            return a;
        }
        return a == b ? NOTHING : a + Math.log1p(-Math.exp(b - a));
    }
}
