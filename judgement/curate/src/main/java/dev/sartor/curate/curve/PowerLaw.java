package dev.sartor.curate.curve;

import java.util.List;

/// A learning curve with a ceiling: score(n) = ceiling − fall · n^(−rate), which most learning curves follow (Viering and Loog 2023,
/// "The Shape of Learning Curves", power law with offset).
///
/// @param ceiling what no number of rows exceeds, 0 to 1
/// @param fall at least 0
/// @param rate over 0
public record PowerLaw(double ceiling, double fall, double rate) {
    /// Rates that are looked at: slower ones are straight lines in log n over any sizes at hand, faster ones are steps.
    private static final double SLOWEST = 0.05;

    private static final double FASTEST = 2;
    private static final int RATES = 80;

    /// A mean score.
    ///
    /// @param weight how much it counts: the inverse of its variance, up to a constant
    record Point(double rows, double score, double weight) {}

    public double at(double rows) {
        return ceiling - fall * Math.pow(rows, -rate);
    }

    /// By weighted least squares within the bounds: for each rate the best ceiling and fall are those of a line in n^(−rate).
    ///
    /// @param points of two sizes at least
    static PowerLaw fit(List<Point> points) {
        PowerLaw best = line(points, SLOWEST);
        double least = squares(points, best);
        for (int i = 1; i <= RATES; i++) {
            double rate = SLOWEST * Math.pow(FASTEST / SLOWEST, (double) i / RATES);
            var law = line(points, rate);
            double squares = squares(points, law);
            if (squares < least) {
                least = squares;
                best = law;
            }
        }
        return best;
    }

    /// Where the best line leaves the bounds, the best one on their border.
    private static PowerLaw line(List<Point> points, double rate) {
        double weights = 0;
        double x = 0;
        double y = 0;
        for (var point : points) {
            weights += point.weight();
            x += point.weight() * Math.pow(point.rows(), -rate);
            y += point.weight() * point.score();
        }
        double across = 0;
        double both = 0;
        double fromTop = 0;
        double square = 0;
        for (var point : points) {
            double at = Math.pow(point.rows(), -rate);
            across += point.weight() * (at - x / weights) * (at - x / weights);
            both += point.weight() * (at - x / weights) * (point.score() - y / weights);
            fromTop += point.weight() * at * (1 - point.score());
            square += point.weight() * at * at;
        }
        double fall = across == 0 ? 0 : Math.max(0, -both / across);
        double ceiling = y / weights + fall * x / weights;
        return ceiling <= 1
                ? new PowerLaw(ceiling, fall, rate)
                : new PowerLaw(1, Math.max(0, fromTop / square), rate);
    }

    private static double squares(List<Point> points, PowerLaw law) {
        double sum = 0;
        for (var point : points) {
            double off = point.score() - law.at(point.rows());
            sum += point.weight() * off * off;
        }
        return sum;
    }
}
