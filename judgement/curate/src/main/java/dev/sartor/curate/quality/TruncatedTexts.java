package dev.sartor.curate.quality;

import dev.sartor.core.work.Progress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Tells texts that end before their end, from how the others of their set end. A set of titles or queries, of which few end with a
/// full stop, says nothing; nor does a short text. Safe for concurrent callers.
public final class TruncatedTexts {
    public static final String RULE = "truncated";

    /// A text of fewer characters may be a title.
    private static final int SHORTEST = 80;

    /// Where so many end with a sentence, a text that stops at a comma or at a word such as "the" was cut.
    private static final double MOST_END = 0.8;

    /// Where so many do, any text that does not was cut. People who type leave out a full stop more often.
    private static final double ALL_END = 0.98;

    private static final int LEAST_TEXTS = 20;

    /// So many texts of one length, the longest of all, are no chance.
    private static final int LEAST_CUT = 5;

    /// Texts made from one pattern have few lengths, and are cut at none.
    private static final int LEAST_LENGTHS = 20;

    private final double properShare;
    private final long cutLength;

    private TruncatedTexts(double properShare, long cutLength) {
        this.properShare = properShare;
        this.cutLength = cutLength;
    }

    /// @param kind 0 for a text that is too short to tell, 1 for a proper end, 2 for none
    private record Ending(long length, int kind) {}

    /// @param texts by row; called by several threads
    public static TruncatedTexts of(int rows, IntFunction<String> texts, Progress progress) {
        try (var step = progress.begin("How the texts end", rows, "rows")) {
            var endings =
                    IntStream.range(0, rows)
                            .parallel()
                            .mapToObj(row -> {
                                step.advance(1);
                                return ending(texts.apply(row));
                            })
                            .toList();
            long longest = endings.stream().mapToLong(Ending::length).max().orElse(0);
            long proper = endings.stream().filter(each -> each.kind() == 1).count();
            long improper = endings.stream().filter(each -> each.kind() == 2).count();
            long atLongest = endings.stream().filter(each -> each.length() == longest).count();
            long cut =
                    endings.stream()
                            .filter(each -> each.length() == longest && each.kind() == 2)
                            .count();
            long lengths = endings.stream().mapToLong(Ending::length).distinct().count();
            boolean isCut =
                    atLongest >= LEAST_CUT && 2 * cut >= atLongest && lengths >= LEAST_LENGTHS;
            return new TruncatedTexts(
                    proper + improper < LEAST_TEXTS ? 0 : (double) proper / (proper + improper),
                    isCut ? longest : -1);
        }
    }

    private static Ending ending(String text) {
        return new Ending(
                text.length(), text.length() < SHORTEST ? 0 : Endings.isProper(text) ? 1 : 2);
    }

    /// The share of texts, of those that are long enough to tell, that end as a sentence does.
    public double properShare() {
        return properShare;
    }

    public Optional<Finding> finding(String text) {
        if (Endings.isFenceOpen(text)) {
            return Optional.of(
                    new Finding(RULE, 1, 0, "a code fence (```) is opened and not closed"));
        }
        if (ending(text).kind() != 2) {
            return Optional.empty();
        }
        if (text.length() == cutLength) {
            return Optional.of(
                    new Finding(
                            RULE,
                            (double) text.length(),
                            (double) cutLength,
                            String.format(
                                    Locale.ROOT,
                                    "ends within a sentence at %,d characters, where the longest texts all end: they were cut",
                                    cutLength)));
        }
        int unclosed = Endings.unclosed(text);
        if (unclosed > 0) {
            return Optional.of(
                    new Finding(
                            RULE,
                            unclosed,
                            0,
                            "ends within a sentence, with a bracket or a quotation mark that is not closed"));
        }
        double least = Endings.isWithinSentence(text) ? MOST_END : ALL_END;
        return properShare < least
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                RULE,
                                properShare,
                                least,
                                String.format(
                                        Locale.ROOT,
                                        "ends within a sentence, where %.0f %% of the texts end with one",
                                        100 * properShare)));
    }
}
