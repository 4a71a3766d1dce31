package dev.sartor.curate.duplicate;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.EqualTexts;
import dev.sartor.curate.similarity.Folded;
import dev.sartor.curate.similarity.Hashing;
import dev.sartor.curate.similarity.MatchKind;
import dev.sartor.curate.similarity.Pieces;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Rows with one text, or with one text but for case, space and punctuation; the earliest stays. Rows without any text are the
/// same as each other. Hashes only choose what is compared: two rows are the same where their texts are.
///
/// Memory is 9 bytes a row, beside the texts that are compared just now.
public final class ExactDuplicates {
    private ExactDuplicates() {}

    /// @param texts by row, from 0; called from several threads and more than once
    /// @param folded whether texts that are the same by {@link dev.sartor.data.Folding#keyOf} count too. What is kept is the
    ///     earliest of all that fold to one text, and the kind says how the row compares with it
    public static List<Duplicate> find(
            int rows, IntFunction<String> texts, boolean folded, Progress progress) {
        var hashes = new long[rows];
        try (var step = progress.begin("exact duplicates", rows, "rows")) {
            Pieces.forEach(
                    rows, step, row -> hashes[row] = Hashing.of(key(texts.apply(row), folded)));
        }
        var exact = new boolean[rows];
        var earliest =
                EqualTexts.earliest(
                        hashes,
                        (row, earlier) -> {
                            var text = texts.apply(row);
                            var other = texts.apply(earlier);
                            exact[row] = text.equals(other);
                            return exact[row]
                                    || (folded && key(text, true).equals(key(other, true)));
                        });
        return IntStream.range(0, rows)
                .filter(row -> earliest[row] != row)
                .mapToObj(row -> duplicate(row, earliest[row], exact[row]))
                .toList();
    }

    private static String key(String text, boolean folded) {
        return folded ? Folded.of(text) : text;
    }

    private static Duplicate duplicate(int row, int kept, boolean exact) {
        return new Duplicate(row, kept, kept, exact ? MatchKind.EXACT : MatchKind.FOLDED, 1);
    }
}
