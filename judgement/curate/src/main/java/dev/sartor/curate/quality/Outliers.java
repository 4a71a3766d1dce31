package dev.sartor.curate.quality;

import dev.sartor.core.Problems;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Rows that are unlike the others: by length, or by vector. Few are wrong; they are the ones to look at.
public final class Outliers {
    public static final double USUAL_LIMIT = RobustZ.USUAL_LIMIT;

    /// Rows whose distances are measured. More tell little more, and take a time that grows with rows times references.
    public static final int USUAL_REFERENCES = 5000;

    private static final int NEIGHBOURS = 10;
    private static final int LEAST_ROWS = 20;

    private Outliers() {}

    /// By the robust z-score of the logarithm of lengths, on both sides, as lengths of texts are about log-normal.
    ///
    /// @param lengths of each row, in characters or tokens
    /// @param limit of the z-score, such as {@link #USUAL_LIMIT}
    public static List<Outlier> byLength(long[] lengths, double limit) {
        requireLimit(limit);
        if (lengths.length < LEAST_ROWS) {
            return List.of();
        }
        var logarithms = Arrays.stream(lengths).mapToDouble(Math::log1p).toArray();
        double usual = Math.expm1(RobustZ.median(logarithms));
        var scores = RobustZ.of(logarithms);
        return IntStream.range(0, lengths.length)
                .filter(row -> Math.abs(scores[row]) > limit)
                .mapToObj(row ->
                        new Outlier(
                                row,
                                new Finding(
                                        "length",
                                        scores[row],
                                        limit,
                                        String.format(
                                                Locale.ROOT,
                                                "length is %,d, %s than the median of %,.0f (robust z %.1f)",
                                                lengths[row],
                                                scores[row] < 0 ? "much shorter" : "much longer",
                                                usual,
                                                scores[row]))))
                .toList();
    }

    /// By the robust z-score of the mean cosine distance to the 10 nearest rows (Angiulli & Pizzuti 2002), on the far side. Where there
    /// are more rows than references, the nearest of a sample of them are taken: distances are then larger, for all rows alike.
    ///
    /// @param vectors of each row; of any length but the same dimension
    /// @param references how many rows are looked at for neighbours
    public static List<Outlier> byVector(
            List<float[]> vectors, double limit, int references, long seed, Progress progress) {
        requireLimit(limit);
        Problems.refuseUnless(
                references > NEIGHBOURS,
                "the rows that are looked at for neighbours",
                "more than " + NEIGHBOURS,
                references,
                "5000 is usual");
        if (vectors.size() < LEAST_ROWS) {
            return List.of();
        }
        var units = vectors.stream().map(Outliers::unit).toArray(float[][]::new);
        var sample = sample(units.length, references, seed);
        var distances = new double[units.length];
        try (var step = progress.begin("Distances to the nearest rows", units.length, "rows")) {
            IntStream.range(0, units.length)
                    .parallel()
                    .forEach(row -> {
                        distances[row] = distance(row, units, sample);
                        step.advance(1);
                    });
        }
        var scores = RobustZ.of(distances);
        return IntStream.range(0, units.length)
                .filter(row -> scores[row] > limit)
                .mapToObj(row ->
                        new Outlier(
                                row,
                                new Finding(
                                        "vector",
                                        scores[row],
                                        limit,
                                        String.format(
                                                Locale.ROOT,
                                                "the nearest rows are %.2f away by cosine (robust z %.1f)",
                                                distances[row],
                                                scores[row]))))
                .toList();
    }

    private static void requireLimit(double limit) {
        Problems.refuseUnless(limit > 0, "curate.outliers.z", "more than 0", limit, "3.5 is usual");
    }

    private static float[] unit(float[] vector) {
        double norm = Math.sqrt(VectorProducts.product(vector, vector));
        var unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = norm == 0 ? 0 : (float) (vector[i] / norm);
        }
        return unit;
    }

    private static int[] sample(int rows, int references, long seed) {
        if (rows <= references) {
            return IntStream.range(0, rows).toArray();
        }
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var order = IntStream.range(0, rows).toArray();
        for (int i = 0; i < references; i++) {
            int j = i + random.nextInt(rows - i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return Arrays.stream(order, 0, references).sorted().toArray();
    }

    /// The mean distance to the nearest of the sample, the row itself left out.
    private static double distance(int row, float[][] units, int[] sample) {
        var nearest = new double[NEIGHBOURS]; // ascending similarities
        Arrays.fill(nearest, -2);
        for (int other : sample) {
            if (other == row) {
                continue;
            }
            double similarity = VectorProducts.product(units[row], units[other]);
            if (similarity > nearest[0]) {
                int at = 0;
                while (at + 1 < NEIGHBOURS && similarity > nearest[at + 1]) {
                    nearest[at] = nearest[at + 1];
                    at++;
                }
                nearest[at] = similarity;
            }
        }
        return 1 - Arrays.stream(nearest).filter(each -> each > -2).average().orElse(1);
    }
}
