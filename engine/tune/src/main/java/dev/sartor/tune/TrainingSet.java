package dev.sartor.tune;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The rows that training sees, and what became of those that were longer than allowed.
///
/// @param dropped rows that were left out
/// @param split rows that became several
public record TrainingSet<R>(List<R> rows, int dropped, int split) {
    public TrainingSet {
        rows = List.copyOf(rows);
    }

    public TrainingSet(List<R> rows, int dropped) {
        this(rows, dropped, 0);
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
        return of(all, TrainingSet::tokens, maxTokens);
    }

    /// @param tooLong what is done with longer rows; empty where the user has not chosen
    /// @throws SartorException a user's error where there are longer rows and nobody chose, or none is left
    public static TrainingSet<TrainingRow> of(
            List<TrainingRow> all, int maxTokens, Optional<TooLong> tooLong) {
        long longer = all.stream().filter(row -> tokens(row) > maxTokens).count();
        if (longer == 0) {
            return new TrainingSet<>(all, 0);
        }
        return switch (tooLong.orElseThrow(() -> unchosen(all, longer, maxTokens))) {
            case DROP -> of(all, maxTokens);
            case SPLIT -> {
                var rows = new ArrayList<TrainingRow>();
                all.forEach(row -> rows.addAll(row.parts(maxTokens)));
                yield new TrainingSet<>(rows, 0, (int) longer);
            }
        };
    }

    private static SartorException unchosen(List<TrainingRow> all, long longer, int maxTokens) {
        return SartorException.user(
                "tune.too_long must be drop or split, got nothing: "
                        + longer
                        + " of "
                        + all.size()
                        + " training examples are longer than tune.max_tokens ("
                        + maxTokens
                        + "; the longest has "
                        + all.stream().mapToInt(TrainingSet::tokens).max().orElse(0)
                        + " tokens). drop leaves them out, split makes several of each; or raise tune.max_tokens.");
    }

    private static int tokens(TrainingRow row) {
        return row.ids().length;
    }
}
