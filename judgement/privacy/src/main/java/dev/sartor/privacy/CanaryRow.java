package dev.sartor.privacy;

import dev.sartor.privacy.canary.Canary;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// A canary as a training sees it.
///
/// @param ids the tokens of the row with this answer in the place of its own
/// @param start where the answer begins in them
public record CanaryRow(Canary canary, Function<String, int[]> ids, int start) {
    private static final List<String> DIGITS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    /// What several answers begin with, and how each goes on.
    record Forked(int[] prompt, List<int[]> choices) {}

    /// The row up to its answer.
    int[] question() {
        return Arrays.copyOf(ids.apply(canary.answer()), start);
    }

    /// The row up to its secret.
    int[] opening() {
        return with(DIGITS).prompt();
    }

    /// Not where the tokenizer has no tokens for digits.
    boolean tellsSecretsApart() {
        var rows = rows(DIGITS);
        return rows.stream().map(Arrays::hashCode).distinct().count() == rows.size();
    }

    /// The row with each of these secrets.
    Forked with(List<String> secrets) {
        var rows = rows(secrets);
        int shared = rows.stream().mapToInt(row -> row.length).min().orElse(1) - 1;
        for (var row : rows) {
            int mismatch = Arrays.mismatch(rows.getFirst(), 0, shared, row, 0, shared);
            shared = mismatch < 0 ? shared : mismatch;
        }
        int from = shared;
        return new Forked(
                Arrays.copyOf(rows.getFirst(), from),
                rows.stream().map(row -> Arrays.copyOfRange(row, from, row.length)).toList());
    }

    private List<int[]> rows(List<String> secrets) {
        return secrets.stream().map(each -> ids.apply(canary.answer(each))).toList();
    }

    /// What may stand behind the opening: each beginning with each further digit. What comes after the digits is left out.
    ///
    /// @param opening tokens up to the secret
    /// @param beginnings of secrets, fewer digits each than a secret has
    List<int[]> further(int opening, List<String> beginnings) {
        return beginnings.stream()
                .flatMap(each -> cut(opening, rows(oneMore(each))).stream())
                .toList();
    }

    static List<String> oneMore(String beginning) {
        return DIGITS.stream().map(digit -> beginning + digit).toList();
    }

    /// Without the tokens that all of them end with.
    private static List<int[]> cut(int from, List<int[]> rows) {
        var first = rows.getFirst();
        int behind = first.length;
        for (var row : rows.subList(1, rows.size())) {
            int same = 0;
            while (same < Math.min(first.length, row.length)
                    && first[first.length - 1 - same] == row[row.length - 1 - same]) {
                same++;
            }
            behind = Math.min(behind, same);
        }
        int end = behind;
        return rows.stream()
                .map(row -> Arrays.copyOfRange(row, from, Math.max(from + 1, row.length - end)))
                .toList();
    }
}
