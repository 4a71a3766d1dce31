package dev.sartor.evaluate.retrieval;

import dev.sartor.core.Embedder;
import dev.sartor.core.Score;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.evaluate.statistics.Proportions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// How often an embedder puts a text nearest to the one that it belongs to, among all texts that others belong to.
public final class MeaningRecall {
    private MeaningRecall() {}

    /// Recall at 1: the share of `anchors` whose own text has the largest inner product. A text that several belong to
    /// stands among the others once.
    ///
    /// @param positives the text that each anchor belongs to, as many, at least one
    public static Score atOne(Embedder embedder, List<String> anchors, List<String> positives) {
        var others = new ArrayList<>(new LinkedHashSet<>(positives));
        var asked = embedder.embedQueries(anchors);
        var found = embedder.embed(others);
        int right = 0;
        for (int i = 0; i < asked.size(); i++) {
            int best = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < found.size(); j++) {
                double product = VectorProducts.product(asked.get(i), found.get(j));
                if (product > highest) {
                    highest = product;
                    best = j;
                }
            }
            right += others.get(best).equals(positives.get(i)) ? 1 : 0;
        }
        var interval = Proportions.wilson(right, asked.size());
        return new Score(
                "recall@1",
                (double) right / asked.size(),
                interval.low(),
                interval.high(),
                asked.size());
    }
}
