package dev.sartor.evaluate;

/// p-values of several comparisons, adjusted so that the expected share of false alarms among the alarms stays below the
/// level (Benjamini and Hochberg 1995).
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /// In the order given.
    public static double[] adjust(double... p) {
        int m = p.length;
        var adjusted = new double[m];
        double least = 1;
        var order = Holm.ascending(p);
        for (int i = m - 1; i >= 0; i--) {
            least = Math.min(least, p[order[i]] * m / (i + 1));
            adjusted[order[i]] = least;
        }
        return adjusted;
    }
}
