package dev.sartor.prompt;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/// How many examples to show, as validation says.
///
/// @param best the count that scored best; of equals the smallest, whose prompts cost least
/// @param scores all counts that were tried
/// @param tooLong counts whose prompts do not fit the model's context
public record ExampleCount(int best, SortedMap<Integer, Score> scores, SortedSet<Integer> tooLong) {

    /// Tries each count, the smallest first. Once prompts no longer fit the context, no larger count is tried.
    ///
    /// @param validation measures a count on validation examples, never on test examples
    /// @throws SartorException {@link SartorException#tooLong} where not even the smallest count fits
    public static ExampleCount choose(Collection<Integer> counts, IntFunction<Score> validation) {
        var inOrder = new TreeSet<>(counts);
        Problems.refuseUnless(
                !inOrder.isEmpty() && inOrder.first() >= 1,
                "few_shot.counts",
                "at least one, each at least 1",
                counts,
                "2, 4 and 8 suit most tasks");
        SortedMap<Integer, Score> scores = new TreeMap<>();
        SortedSet<Integer> tooLong = new TreeSet<>();
        for (int count : inOrder) {
            try {
                scores.put(count, validation.apply(count));
            } catch (SartorException e) {
                if (!e.isTooLong() || scores.isEmpty()) {
                    throw e;
                }
                tooLong.addAll(inOrder.tailSet(count));
                break;
            }
        }
        double highest = scores.values().stream().mapToDouble(Score::value).max().orElseThrow();
        int best =
                scores.entrySet().stream()
                        .filter(entry -> entry.getValue().value() == highest)
                        .findFirst()
                        .orElseThrow()
                        .getKey();
        return new ExampleCount(best, scores, tooLong);
    }
}
