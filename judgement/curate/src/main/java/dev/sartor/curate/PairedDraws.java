package dev.sartor.curate;

/// What one way of choosing rows to learn from brings over another: both are learned from in several draws, and score the same test rows.
///
/// @param first the mean accuracy of the first way
/// @param other of the other
/// @param low of the difference's 95 % interval
record PairedDraws(double first, double other, double low, double high) {
    private static final double NORMAL_95 = 1.959964;

    /// The variance of the mean difference is that of the examples' mean differences and that of the draws' together.
    ///
    /// @param first of each draw, whether each test row is answered rightly
    /// @param other likewise, of as many draws and the same rows
    static PairedDraws of(boolean[][] first, boolean[][] other) {
        int draws = first.length;
        int tests = first[0].length;
        var ofTests = new double[tests];
        var ofDraws = new double[draws];
        for (int d = 0; d < draws; d++) {
            for (int t = 0; t < tests; t++) {
                int difference = (first[d][t] ? 1 : 0) - (other[d][t] ? 1 : 0);
                ofTests[t] += (double) difference / draws;
                ofDraws[d] += (double) difference / tests;
            }
        }
        double mean = mean(first) - mean(other);
        double error = Math.sqrt(variance(ofTests, mean) / tests + variance(ofDraws, mean) / draws);
        return new PairedDraws(
                mean(first), mean(other), mean - NORMAL_95 * error, mean + NORMAL_95 * error);
    }

    /// The first less the other.
    double difference() {
        return first - other;
    }

    static double mean(boolean[][] right) {
        long hits = 0;
        for (var draw : right) {
            for (boolean each : draw) {
                hits += each ? 1 : 0;
            }
        }
        return (double) hits / right.length / right[0].length;
    }

    private static double variance(double[] values, double mean) {
        double sum = 0;
        for (double each : values) {
            sum += (each - mean) * (each - mean);
        }
        return values.length < 2 ? 0 : sum / (values.length - 1);
    }
}
