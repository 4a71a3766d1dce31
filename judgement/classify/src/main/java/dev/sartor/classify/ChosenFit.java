package dev.sartor.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// What was learned from sparse rows, its strength chosen by cross-validation. It keeps none of the rows.
///
/// @param strength the inverse C of the penalty's strength
/// @param learned how many rows it was learned from
record ChosenFit(OneAgainstRest classifier, double strength, int learned) {
    /// Rows have unit length in either half; beyond 10 nothing is gained and a fit takes twice the time.
    private static final List<Double> STRENGTHS = List.of(0.1, 1.0, 10.0);

    /// So many rows choose the strength at most.
    private static final int MOST_CHOOSING = 10_000;

    /// Components that are not 0 of all rows together, each of some 32 bytes while it is learned from.
    private static final long MOST_VALUES = 20_000_000;

    /// @param all that there are; learned from are as many, drawn by the seed, as fit the memory that is set apart for them
    /// @param given the label of each row
    /// @param seed also of the folds and of the descent
    static ChosenFit of(List<SparseRow> all, int terms, int[] given, int classes, long seed) {
        var taken = taken(all, seed);
        var rows = Arrays.stream(taken).mapToObj(all::get).toList();
        var labels = StrengthSearch.of(given, taken);
        var features = OneAgainstRest.Rows.of(rows, terms);
        var chosen =
                StrengthSearch.choose(
                        STRENGTHS,
                        Arrays.copyOf(labels, Math.min(MOST_CHOOSING, labels.length)),
                        seed,
                        known -> {
                            var some = features.only(known);
                            var answers = StrengthSearch.of(labels, known);
                            return tried -> {
                                var model = OneAgainstRest.fit(some, answers, classes, tried, seed);
                                return row -> model.logProbabilities(rows.get(row));
                            };
                        });
        return new ChosenFit(
                OneAgainstRest.fit(features, labels, classes, chosen.strength(), seed),
                chosen.strength(),
                labels.length);
    }

    private static int[] taken(List<SparseRow> rows, long seed) {
        var order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        long values = 0;
        int count = 0;
        while (count < order.size() && values <= MOST_VALUES) {
            values += rows.get(order.get(count)).count();
            count++;
        }
        return order.subList(0, count).stream().mapToInt(Integer::intValue).toArray();
    }
}
