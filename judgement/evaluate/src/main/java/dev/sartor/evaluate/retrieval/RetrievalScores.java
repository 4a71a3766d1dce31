package dev.sartor.evaluate.retrieval;

import dev.sartor.core.measure.Ranking;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.statistics.Resampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How well a run finds what was judged relevant, over all judged questions; one that the run does not answer counts 0.
public final class RetrievalScores {
    private final Map<RankingMetric, double[]> values;
    private final int unanswered;

    private RetrievalScores(Map<RankingMetric, double[]> values, int unanswered) {
        this.values = values;
        this.unanswered = unanswered;
    }

    /// A figure with its 95 % interval (percentile bootstrap over the questions).
    public record Figure(double value, double low, double high) {}

    public static RetrievalScores of(Qrels qrels, TrecRun run, List<RankingMetric> metrics) {
        var rankings = new ArrayList<Ranking>();
        var judged = new ArrayList<Map<String, Integer>>();
        int unanswered = 0;
        for (var query : qrels.byQuery().entrySet()) {
            var found = run.byQuery().getOrDefault(query.getKey(), Map.of());
            unanswered += found.isEmpty() ? 1 : 0;
            rankings.add(Ranking.of(found));
            judged.add(query.getValue());
        }
        var values = new LinkedHashMap<RankingMetric, double[]>();
        for (var metric : metrics) {
            var each = new double[rankings.size()];
            for (int i = 0; i < each.length; i++) {
                each[i] = metric.of(rankings.get(i), judged.get(i));
            }
            values.put(metric, each);
        }
        return new RetrievalScores(values, unanswered);
    }

    public List<RankingMetric> metrics() {
        return List.copyOf(values.keySet());
    }

    /// How many questions were judged.
    public int questions() {
        return values.values().iterator().next().length;
    }

    /// Judged questions for which the run has no document.
    public int unanswered() {
        return unanswered;
    }

    /// Each question's value, in the order of the qrels.
    public double[] perQuestion(RankingMetric metric) {
        return of(metric).clone();
    }

    public Figure figure(RankingMetric metric) {
        var pool = Pool.meanOf(of(metric));
        var interval = Resampling.bootstrap(questions(), pool::over, Resampling.seeded());
        return new Figure(pool.over(Pool.range(0, questions())), interval.low(), interval.high());
    }

    /// This run's figure less the other's, with the paired interval.
    ///
    /// @param other over the same qrels
    public PairedComparison against(RetrievalScores other, RankingMetric metric) {
        return PairedComparison.ofMeans(of(metric), other.of(metric));
    }

    private double[] of(RankingMetric metric) {
        var found = values.get(metric);
        if (found == null) {
            throw new IllegalArgumentException(metric + " was not measured");
        }
        return found;
    }
}
