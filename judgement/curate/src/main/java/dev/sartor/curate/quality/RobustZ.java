package dev.sartor.curate.quality;

import java.util.Arrays;

/// The modified z-score: 0.6745 · (x − median) / MAD, where MAD is the median absolute deviation; where more than half of the values are
/// equal, (x − median) / (1.2533 · mean absolute deviation) (Iglewicz & Hoaglin 1993). Beyond 3.5 a value is an outlier.
final class RobustZ {
    static final double USUAL_LIMIT = 3.5;

    private RobustZ() {}

    /// Zeros where all values are equal.
    static double[] of(double[] values) {
        if (values.length == 0) {
            return new double[0];
        }
        double median = median(values);
        var deviations = Arrays.stream(values).map(x -> Math.abs(x - median)).toArray();
        double mad = median(deviations);
        double mean = Arrays.stream(deviations).average().orElse(0);
        double scale = mad > 0 ? mad / 0.6745 : 1.2533 * mean;
        return Arrays.stream(values).map(x -> scale > 0 ? (x - median) / scale : 0).toArray();
    }

    static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
