package dev.sartor.evaluate.retrieval;

import dev.sartor.core.Reranker;
import dev.sartor.core.Score;
import dev.sartor.core.measure.Ranking;
import dev.sartor.data.JudgedPassages;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.statistics.Resampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a reranker orders and judges passages of which it is known whether they answer.
///
/// @param order nDCG@10 of each question's passages in the order of their scores, over the questions that have both kinds
/// @param relevant passages that answer, over all questions
/// @param relevantRight those of them whose score is above 0, which is a probability above a half
/// @param others passages that do not answer
/// @param othersRight those of them whose score is not above 0
public record RelevanceScores(
        Score order, int relevant, int relevantRight, int others, int othersRight) {
    private static final int RANKS = 10;

    /// @param reranker whose scores are log-odds
    /// @param questions of at least one of which passages of both kinds are known
    public static RelevanceScores of(Reranker reranker, List<JudgedPassages> questions) {
        var gains = new ArrayList<Double>();
        int relevant = 0;
        int relevantRight = 0;
        int others = 0;
        int othersRight = 0;
        for (var question : questions) {
            var passages = new ArrayList<>(question.relevant());
            passages.addAll(question.irrelevant());
            var scores = reranker.scores(question.question(), passages);
            int own = question.relevant().size();
            var ofOwn = scores.subList(0, own);
            var ofOthers = scores.subList(own, scores.size());
            relevant += own;
            relevantRight += (int) ofOwn.stream().filter(score -> score > 0).count();
            others += ofOthers.size();
            othersRight += (int) ofOthers.stream().filter(score -> score <= 0).count();
            if (canBeOrdered(question)) {
                gains.add(gain(scores, own));
            }
        }
        return new RelevanceScores(
                score(gains.stream().mapToDouble(each -> each).toArray()),
                relevant,
                relevantRight,
                others,
                othersRight);
    }

    /// Whether an order of the question's passages can be better or worse.
    public static boolean canBeOrdered(JudgedPassages question) {
        return !question.relevant().isEmpty() && !question.irrelevant().isEmpty();
    }

    private static double gain(List<Double> scores, int own) {
        var byId = new LinkedHashMap<String, Double>();
        var judged = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < scores.size(); i++) {
            var id = String.valueOf(i);
            byId.put(id, scores.get(i));
            judged.put(id, i < own ? 1 : 0);
        }
        return Ranking.of(byId).ndcg(Map.copyOf(judged), RANKS);
    }

    private static Score score(double[] gains) {
        int n = gains.length;
        var pool = Pool.meanOf(gains);
        var interval =
                n == 1
                        ? new Interval(0, 1)
                        : Resampling.bootstrap(n, pool::over, Resampling.seeded());
        return new Score(
                "ndcg@" + RANKS, pool.over(Pool.range(0, n)), interval.low(), interval.high(), n);
    }
}
