package dev.sartor.evaluate.statistics;

import java.util.stream.IntStream;

/// p-values of several comparisons, adjusted so that the chance of even one false alarm stays below the level (Holm 1979).
public final class Holm {
    private Holm() {}

    /// In the order given.
    public static double[] adjust(double... p) {
        int m = p.length;
        var adjusted = new double[m];
        double most = 0;
        var order = ascending(p);
        for (int i = 0; i < m; i++) {
            most = Math.max(most, Math.min(1, (m - i) * p[order[i]]));
            adjusted[order[i]] = most;
        }
        return adjusted;
    }

    static int[] ascending(double[] p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted((one, other) -> Double.compare(p[one], p[other]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
