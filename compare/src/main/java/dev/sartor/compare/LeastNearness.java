package dev.sartor.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Below which nearness of its passages a question is best answered with the words for a question without an answer.
///
/// @param nearness the least at which the model is asked: a cosine
/// @param score the mean over the examples with it
record LeastNearness(double nearness, double score) {
    /// The one with the highest mean, the lowest of several; empty where always asking the model is as good.
    ///
    /// @param nearness of each example, a cosine
    /// @param asked each example's value where the model is asked
    /// @param abstained each example's value where it is not
    static Optional<LeastNearness> of(List<Double> nearness, double[] asked, double[] abstained) {
        var inOrder =
                IntStream.range(0, nearness.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(nearness::get))
                        .toList();
        double sum = IntStream.range(0, asked.length).mapToDouble(i -> asked[i]).sum();
        double highest = sum;
        Optional<LeastNearness> best = Optional.empty();
        for (int i = 0; i + 1 < inOrder.size(); i++) {
            int at = inOrder.get(i);
            sum += abstained[at] - asked[at];
            double here = nearness.get(at);
            double next = nearness.get(inOrder.get(i + 1));
            if (next > here && sum > highest + 1e-9) {
                highest = sum;
                best = Optional.of(new LeastNearness((here + next) / 2, sum / nearness.size()));
            }
        }
        return best;
    }
}
