package dev.sartor.tune;

import dev.sartor.core.SartorException;
import java.util.Arrays;
import java.util.List;

/// The rows that training sees, and what was left out.
///
/// @param prefix tokens that all rows begin with; they are computed once for a whole batch
/// @param dropped rows that were longer than allowed
public record TrainingSet(List<TrainingRow> rows, int prefix, int dropped) {
    public TrainingSet {
        rows = List.copyOf(rows);
    }

    /// Rows longer than `maxTokens` are dropped whole: a row without its answer's end would teach never to end.
    ///
    /// @throws SartorException a user's error when no row is short enough
    public static TrainingSet of(List<TrainingRow> all, int maxTokens) {
        var kept = all.stream().filter(row -> row.ids().length <= maxTokens).toList();
        if (kept.isEmpty()) {
            int shortest = all.stream().mapToInt(row -> row.ids().length).min().orElse(0);
            throw SartorException.user(
                    "tune.max_tokens must leave room for whole answers, got "
                            + maxTokens
                            + ": all "
                            + all.size()
                            + " training examples are longer (the shortest has "
                            + shortest
                            + " tokens), so every answer would be cut off. Raise it, or shorten the examples.");
        }
        return new TrainingSet(kept, commonPrefix(kept), all.size() - kept.size());
    }

    /// Tokens of all rows, the prefix counted in each.
    public long tokens() {
        return rows.stream().mapToLong(row -> row.ids().length).sum();
    }

    /// Each row keeps at least one token before its answer.
    private static int commonPrefix(List<TrainingRow> rows) {
        if (rows.size() < 2) {
            return 0;
        }
        var first = rows.getFirst();
        int common = first.answerStart() - 1;
        for (var row : rows) {
            int limit = Math.min(common, row.answerStart() - 1);
            int mismatch = Arrays.mismatch(first.ids(), 0, limit, row.ids(), 0, limit);
            common = mismatch < 0 ? limit : mismatch;
        }
        return common;
    }
}
