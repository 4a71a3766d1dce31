package dev.sartor.compare.approach;

import dev.sartor.core.measure.MeanLoss;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Below which nearness of its passages a question is best answered with the words for a question without an answer.
///
/// @param nearness the least at which the model is asked: a cosine
/// @param score the mean over the examples with it
public record LeastNearness(double nearness, double score) {
    /// The best one, where it is surely better than always asking: with few examples the best is one that came out so by
    /// chance, and would leave questions unanswered that have an answer.
    ///
    /// @return empty where the paired 95 % interval of what it gains does not lie above 0
    public static Optional<LeastNearness> shown(
            List<Double> nearness, double[] asked, double[] abstained) {
        return of(nearness, asked, abstained)
                .filter(least -> {
                    var with = asked.clone();
                    for (int i = 0; i < with.length; i++) {
                        with[i] = nearness.get(i) < least.nearness() ? abstained[i] : asked[i];
                    }
                    return MeanLoss.of(with, asked).low() > 0;
                });
    }

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
