package dev.sartor.compare.verdict;

import dev.sartor.compare.failure.FailurePoint;
import dev.sartor.compare.failure.FailurePoints;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What went wrong in a candidate's answers, as `--json` prints it.
///
/// @param rightFrom the least score of a right answer
/// @param wrong how many of the answers are not right; the counts of all points add up to it
/// @param points by their names, such as `not_found`
public record FailuresJson(
        double rightFrom, int answers, int wrong, Map<String, PointJson> points) {
    /// @param means in a few words
    /// @param share of all answers, with its 95 % interval
    public record PointJson(String means, int count, double share, double low, double high) {
        private static PointJson of(FailurePoints.Share share) {
            return new PointJson(
                    share.point().words(),
                    share.count(),
                    share.share(),
                    share.interval().low(),
                    share.interval().high());
        }
    }

    static FailuresJson of(FailurePoints failures) {
        var points = new LinkedHashMap<String, PointJson>();
        failures.shares().forEach(each -> points.put(key(each.point()), PointJson.of(each)));
        return new FailuresJson(failures.rightFrom(), failures.answers(), failures.wrong(), points);
    }

    private static String key(FailurePoint point) {
        return point.name().toLowerCase(Locale.ROOT);
    }
}
