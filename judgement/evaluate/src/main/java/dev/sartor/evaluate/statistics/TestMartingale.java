package dev.sartor.evaluate.statistics;

/// Evidence that a mean lies above a bound, which may be looked at after every figure: the capital of somebody who bets on it,
/// started at 1. Where the mean is at most the bound, no betting gains on the mean, and the capital ever reaches 1 ÷ error with a
/// probability of at most the error (Ville 1939). The capital is spread evenly over bets of constant size, so that nothing need be
/// known of the variance (Waudby-Smith and Ramdas 2024, "Estimating means of bounded random variables by betting").
public final class TestMartingale {
    private static final int BETS = 20;

    private final double bound;
    private final double[] logCapital = new double[BETS];

    /// @param bound over -1 and under 1; what the mean is at most, by the hypothesis that is tested
    public TestMartingale(double bound) {
        if (!(bound > -1 && bound < 1)) {
            throw new IllegalArgumentException("a bound must lie between -1 and 1, got " + bound);
        }
        this.bound = bound;
    }

    /// @param figure the next one, from -1 to 1
    public void add(double figure) {
        if (!(figure >= -1 && figure <= 1)) {
            throw new IllegalArgumentException("a figure must be from -1 to 1, got " + figure);
        }
        for (int i = 0; i < BETS; i++) {
            // All of the capital is lost at 1 / (1 + bound) by a figure of -1.
            double stake = (i + 1.0) / (BETS + 1) / (1 + bound);
            logCapital[i] += Math.log1p(stake * (figure - bound));
        }
    }

    /// The capital, 0 or more: its inverse bounds the probability of as much evidence where there is nothing to find.
    public double evidence() {
        double capital = 0;
        for (double each : logCapital) {
            capital += Math.exp(each) / BETS;
        }
        return capital;
    }

    /// Whether the mean is shown to lie above the bound.
    ///
    /// @param error the probability of saying so wrongly, however often it is asked; over 0 and at most 1
    public boolean isShown(double error) {
        return evidence() >= 1 / error;
    }
}
