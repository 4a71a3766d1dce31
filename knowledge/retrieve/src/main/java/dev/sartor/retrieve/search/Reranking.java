package dev.sartor.retrieve.search;

import dev.sartor.core.Problems;
import dev.sartor.core.Reranker;
import dev.sartor.retrieve.Hit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How the first of a ranking are put into another order by a model that reads each beside the question.
///
/// @param depth how many
/// @param weight what the model's scores count against those of the search, 0 to 1, both stretched from 0 for the worst of
///     the reranked to 1 for the best
public record Reranking(Reranker reranker, int depth, double weight) {
    public static final int USUAL_DEPTH = 20;
    public static final double USUAL_WEIGHT = 0.5;

    public Reranking {
        Problems.refuseUnless(
                depth >= 2 && depth <= PassageIndex.MOST_PASSAGES,
                "retrieval.rerank_depth",
                "2 to " + PassageIndex.MOST_PASSAGES,
                depth,
                USUAL_DEPTH + " is usual; each passage costs a reading");
        Problems.refuseUnless(
                weight >= 0 && weight <= 1,
                "retrieval.rerank_weight",
                "0 to 1",
                weight,
                "1 follows the model alone");
    }

    /// The same with each text judged once, for a question that is searched several times.
    ///
    /// @return for that question alone
    public Reranking remembering() {
        return new Reranking(new Remembered(reranker, new HashMap<>()), depth, weight);
    }

    /// @param found best first
    /// @param texts of the first `depth` of them
    /// @return those by their joint scores, 0 to 1; then the others in their order, below 0
    List<Hit> ranked(String question, List<Hit> found, List<String> texts) {
        var first = found.subList(0, texts.size());
        var judged = reranker.scores(question, texts);
        var before = stretched(first.stream().map(Hit::score).toList());
        var now = stretched(judged);
        var ranked = new ArrayList<Hit>();
        for (int i = 0; i < first.size(); i++) {
            double score = (1 - weight) * before.get(i) + weight * now.get(i);
            ranked.add(new Hit(first.get(i).document(), score));
        }
        ranked.sort(Hit.BEST_FIRST);
        for (int i = texts.size(); i < found.size(); i++) {
            ranked.add(
                    new Hit(
                            found.get(i).document(),
                            (double) (texts.size() - 1 - i) / found.size()));
        }
        return ranked;
    }

    private static List<Double> stretched(List<Double> scores) {
        double least = scores.stream().mapToDouble(each -> each).min().orElse(0);
        double range = scores.stream().mapToDouble(each -> each).max().orElse(0) - least;
        return scores.stream().map(each -> range == 0 ? 1 : (each - least) / range).toList();
    }

    /// @param scores by text, of one question
    private record Remembered(Reranker inner, Map<String, Double> scores) implements Reranker {
        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public List<Double> scores(String question, List<String> passages) {
            var open =
                    passages.stream().filter(each -> !scores.containsKey(each)).distinct().toList();
            var judged = open.isEmpty() ? List.<Double>of() : inner.scores(question, open);
            for (int i = 0; i < open.size(); i++) {
                scores.put(open.get(i), judged.get(i));
            }
            return passages.stream().map(each -> scores.getOrDefault(each, 0.0)).toList();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
