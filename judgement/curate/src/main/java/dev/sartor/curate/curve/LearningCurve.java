package dev.sartor.curate.curve;

import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// How a score grows with the number of rows: a power law with a ceiling through the mean scores of draws of several sizes.
///
/// @param points by size, the smallest first
/// @param law through all of them
public record LearningCurve(List<SizeScores> points, PowerLaw law) {
    private static final int BOOTSTRAPS = 1000;

    /// Of a size whose draws all scored the same, and of the one draw of all rows where no other size says how far draws are apart.
    private static final double LEAST_DEVIATION = 0.002;

    /// Fewer rows than this in the smallest size say nothing.
    private static final int FEWEST = 10;

    /// The smallest size has so many rows for each label, where there are twice as many in all.
    private static final int ROWS_A_LABEL = 8;

    /// So many of the smallest sizes are left out in turn, as a curve is a power law from some size on only.
    private static final int MOST_LEFT_OUT = 2;

    private static final int FEWEST_SIZES = 3;

    public LearningCurve {
        points = List.copyOf(points);
    }

    /// Learns from draws of each size and scores them. Sizes are as far apart by ratio, each half of the next one or nearer: the smallest has
    /// rows enough of each label, as below that scores rise faster than any power law.
    ///
    /// @param rows how many there are to learn from
    /// @param labels how many labels they have, or 1
    /// @param score learns from the rows with these numbers and scores what was learned, 0 to 1; NaN where it cannot be learned,
    ///     such as from rows of one label, which leaves the draw out
    public static LearningCurve measure(
            int rows,
            int labels,
            ToDoubleFunction<int[]> score,
            CurveSettings settings,
            Progress progress) {
        int halved = rows >> (settings.sizes() - 1);
        Problems.refuseUnless(
                halved >= FEWEST,
                "rows",
                "at least "
                        + (FEWEST << (settings.sizes() - 1))
                        + " for "
                        + settings.sizes()
                        + " sizes",
                rows,
                "label more rows, or ask for fewer sizes");
        int smallest = Math.max(halved, Math.min(ROWS_A_LABEL * labels, rows / 2));
        var random = random(settings.seed());
        var points = new ArrayList<SizeScores>();
        long all = (long) (settings.sizes() - 1) * settings.draws() + 1;
        try (var step = progress.begin("learning from draws", all, "draws")) {
            for (int i = settings.sizes() - 1; i >= 0; i--) {
                double share = (double) i / (settings.sizes() - 1);
                int size = (int) Math.round(rows * Math.pow((double) smallest / rows, share));
                int draws = i == 0 ? 1 : settings.draws();
                var scores = new ArrayList<Double>();
                for (int draw = 0; draw < draws; draw++) {
                    double scored = score.applyAsDouble(draw(rows, size, random));
                    if (!Double.isNaN(scored)) {
                        scores.add(scored);
                    }
                    step.advance(1);
                }
                if (!scores.isEmpty()) {
                    points.add(new SizeScores(size, scores));
                }
            }
        }
        return of(points);
    }

    /// @param points of two sizes at least
    public static LearningCurve of(List<SizeScores> points) {
        Problems.refuseUnless(
                points.size() >= 2,
                "rows",
                "enough for scores of two sizes",
                points.size(),
                "label more rows of each label");
        return new LearningCurve(points, PowerLaw.fit(weighted(points)));
    }

    private static int[] draw(int rows, int size, RandomGenerator random) {
        var order = IntStream.range(0, rows).toArray();
        for (int i = 0; i < size; i++) {
            int at = i + random.nextInt(rows - i);
            int row = order[at];
            order[at] = order[i];
            order[i] = row;
        }
        return Arrays.copyOf(order, size);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// How far the scores of two draws of a size are apart. The variance of draws falls with their size; one curve through all sizes,
    /// variance = v ÷ rows, is steadier than each size's own.
    private static double deviation(List<SizeScores> points, int rows) {
        double sum = 0;
        int freedom = 0;
        for (var point : points) {
            int own = point.scores().size() - 1;
            sum += own * point.variance() * point.rows();
            freedom += own;
        }
        return freedom == 0
                ? LEAST_DEVIATION
                : Math.max(LEAST_DEVIATION, Math.sqrt(sum / freedom / rows));
    }

    private static List<PowerLaw.Point> weighted(List<SizeScores> points) {
        return points.stream()
                .map(point -> new PowerLaw.Point(point.rows(), point.mean(), weight(points, point)))
                .toList();
    }

    private static double weight(List<SizeScores> points, SizeScores point) {
        double deviation = deviation(points, point.rows());
        return point.scores().size() / (deviation * deviation);
    }

    /// The score at another number of rows, with the interval of what one measurement there will give: the law is fitted anew to
    /// scores that are drawn from those of each size, without none, one or two of the smallest sizes, and one draw's deviation is added. The
    /// score is the mean of these laws'.
    ///
    /// @param seed of the bootstrap
    public Forecast forecast(int rows, long seed) {
        Problems.refuseUnless(
                rows >= 1, "rows", "at least 1", rows, "name how many rows there will be");
        var random = random(seed);
        var drawn = new double[BOOTSTRAPS];
        double own = deviation(points, rows);
        int ways = 1 + Math.clamp(points.size() - FEWEST_SIZES, 0, MOST_LEFT_OUT);
        for (int i = 0; i < drawn.length; i++) {
            var some = resampled(random);
            drawn[i] =
                    PowerLaw.fit(some.subList(i % ways, some.size())).at(rows)
                            + own * random.nextGaussian();
        }
        Arrays.sort(drawn);
        var all = weighted(points);
        return new Forecast(
                rows,
                IntStream.range(0, ways)
                        .mapToDouble(out -> PowerLaw.fit(all.subList(out, all.size())).at(rows))
                        .average()
                        .orElseThrow(),
                Math.clamp(drawn[(int) (0.025 * BOOTSTRAPS)], 0, 1),
                Math.clamp(drawn[(int) (0.975 * BOOTSTRAPS) - 1], 0, 1));
    }

    /// A size with one draw is moved by a draw's deviation.
    private List<PowerLaw.Point> resampled(RandomGenerator random) {
        var some = new ArrayList<PowerLaw.Point>();
        for (var point : points) {
            int draws = point.scores().size();
            double score =
                    draws == 1
                            ? point.mean() + deviation(points, point.rows()) * random.nextGaussian()
                            : point.mean(random.ints(draws, 0, draws).toArray());
            some.add(new PowerLaw.Point(point.rows(), score, weight(points, point)));
        }
        return some;
    }

    /// What each further hundred rows is expected to bring, in points of the score: of as many hundreds as are asked for.
    ///
    /// @param now how many rows there are
    public List<Double> gainPerHundred(int now, int hundreds) {
        return IntStream.range(0, hundreds)
                .mapToObj(i -> law.at(now + 100.0 * (i + 1)) - law.at(now + 100.0 * i))
                .toList();
    }
}
