package dev.sartor.retrieve.search;

import dev.sartor.core.measure.VectorProducts;
import dev.sartor.retrieve.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Maximal marginal relevance (Carbonell and Goldstein 1998): of each next passage counts how well it was found, less how
/// like it is to those that are already shown.
///
/// @param lambda the weight of how well it was found, 0 to 1; similarity has the rest
record MaximalMarginalRelevance(double lambda) {
    /// Gives a passage's vector.
    @FunctionalInterface
    interface Vectors {
        float[] of(int document) throws IOException;
    }

    /// @param found best first
    /// @return `k` of them in the order in which they were chosen, with the scores that they had
    List<Hit> chosen(List<Hit> found, int k, Vectors vectors) throws IOException {
        if (lambda == 1 || found.size() < 2) {
            return found.subList(0, Math.min(k, found.size()));
        }
        var all = new ArrayList<float[]>();
        for (var hit : found) {
            all.add(vectors.of(hit.document()));
        }
        double best = found.getFirst().score();
        double range = best - found.getLast().score();
        var nearest = new double[found.size()];
        var chosen = new ArrayList<Hit>();
        var taken = new boolean[found.size()];
        while (chosen.size() < Math.min(k, found.size())) {
            int next = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < taken.length; i++) {
                double relevance = range == 0 ? 1 : 1 - (best - found.get(i).score()) / range;
                double value = lambda * relevance - (1 - lambda) * nearest[i];
                if (!taken[i] && value > most) {
                    most = value;
                    next = i;
                }
            }
            taken[next] = true;
            chosen.add(found.get(next));
            var shown = all.get(next);
            Arrays.setAll(
                    nearest, i -> Math.max(nearest[i], VectorProducts.cosine(shown, all.get(i))));
        }
        return chosen;
    }
}
