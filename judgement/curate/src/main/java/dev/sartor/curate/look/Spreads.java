package dev.sartor.curate.look;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Makes a {@link Look.Spread} of numbers.
public final class Spreads {
    private static final int BINS = 24;

    private Spreads() {}

    public static Look.Spread of(double[] numbers) {
        if (numbers.length == 0) {
            return new Look.Spread(0, 0, 0, 0, 0, 0, List.of());
        }
        var sorted = numbers.clone();
        Arrays.sort(sorted);
        double least = sorted[0];
        double high = quantile(sorted, 0.99);
        double width = Math.max(high - least, 1e-9) / BINS;
        var bins = new Long[BINS];
        Arrays.fill(bins, 0L);
        for (double each : sorted) {
            bins[Math.clamp((int) ((each - least) / width), 0, BINS - 1)]++;
        }
        return new Look.Spread(
                least,
                quantile(sorted, 0.05),
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                high,
                sorted[sorted.length - 1],
                Collections.unmodifiableList(Arrays.asList(bins)));
    }

    /// The smallest number that at least such a share of them does not exceed.
    private static double quantile(double[] sorted, double share) {
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.clamp(at, 0, sorted.length - 1)];
    }
}
