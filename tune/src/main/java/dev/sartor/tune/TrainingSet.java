package dev.sartor.tune;

import dev.sartor.core.SartorException;
import java.util.List;
import java.util.function.ToIntFunction;

/// The rows that training sees, and what was left out.
///
/// @param dropped rows that were longer than allowed
public record TrainingSet<R>(List<R> rows, int dropped) {
    public TrainingSet {
        rows = List.copyOf(rows);
    }

    /// Rows longer than `maxTokens` are dropped whole: a row without its answer's end would teach never to end.
    ///
    /// @param tokens of a row
    /// @throws SartorException a user's error when no row is short enough
    public static <R> TrainingSet<R> of(List<R> all, ToIntFunction<R> tokens, int maxTokens) {
        var kept = all.stream().filter(row -> tokens.applyAsInt(row) <= maxTokens).toList();
        if (kept.isEmpty()) {
            int shortest = all.stream().mapToInt(tokens).min().orElse(0);
            throw SartorException.user(
                    "tune.max_tokens must leave room for whole answers, got "
                            + maxTokens
                            + ": all "
                            + all.size()
                            + " training examples are longer (the shortest has "
                            + shortest
                            + " tokens), so every answer would be cut off. Raise it, or shorten the examples.");
        }
        return new TrainingSet<>(kept, all.size() - kept.size());
    }

    public static TrainingSet<TrainingRow> of(List<TrainingRow> all, int maxTokens) {
        return of(all, row -> row.ids().length, maxTokens);
    }
}
