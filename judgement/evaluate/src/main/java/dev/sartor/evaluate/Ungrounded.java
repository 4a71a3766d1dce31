package dev.sartor.evaluate;

import dev.sartor.core.Score;
import dev.sartor.core.Statement;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.statistics.Resampling;
import java.util.List;
import java.util.Optional;

/// The share of an answers' statements that no passage supports, over all answers together: 0 (all are supported) to 1.
public final class Ungrounded {
    public static final String NAME = "unsupported";

    private Ungrounded() {}

    /// With the percentile bootstrap's interval over answers, as statements of one answer stand and fall together.
    ///
    /// @param answers each one's statements
    /// @return empty where nothing is stated
    public static Optional<Score> share(List<List<Statement>> answers) {
        var stating = answers.stream().filter(each -> !each.isEmpty()).toList();
        int n = stating.size();
        if (n == 0) {
            return Optional.empty();
        }
        var all = new int[n];
        var bad = new int[n];
        for (int i = 0; i < n; i++) {
            all[i] = stating.get(i).size();
            bad[i] = (int) stating.get(i).stream().filter(s -> !s.isSupported()).count();
        }
        Pool pool = rows -> ratio(rows, bad, all);
        double value = pool.over(Pool.range(0, n));
        var interval =
                n == 1
                        ? new Interval(0, 1)
                        : Resampling.bootstrap(n, pool::over, Resampling.seeded());
        return Optional.of(new Score(NAME, value, interval.low(), interval.high(), n));
    }

    private static double ratio(int[] rows, int[] bad, int[] all) {
        int unsupported = 0;
        int statements = 0;
        for (int row : rows) {
            unsupported += bad[row];
            statements += all[row];
        }
        return (double) unsupported / statements;
    }
}
