package dev.sartor.curate.quality;

import java.util.Arrays;

/// How much of a text repeats itself: table A1 of Rae et al. 2021. Characters are those of words, without the blanks between them. Of a text
/// longer than {@value #MOST_WORDS} words, the most that Gopher keeps, and {@value #MOST_LINES} lines, the beginning is looked at.
final class Repetition {
    static final int MOST_WORDS = 100_000;
    static final int MOST_LINES = 1_000_000;

    private final String text;
    private final long[] words;
    private final int[] lengths;
    private final int count;
    private final long characters;

    Repetition(String text) {
        this.text = text;
        var hashes = new long[64];
        var each = new int[64];
        int n = 0;
        long all = 0;
        int at = 0;
        while (at < text.length() && n < MOST_WORDS) {
            if (Lines.isBlank(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && !Lines.isBlank(text.charAt(end))) {
                end++;
            }
            if (n == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * n);
                each = Arrays.copyOf(each, 2 * n);
            }
            hashes[n] = LongCounts.hash(text, at, end);
            each[n++] = end - at;
            all += end - at;
            at = end;
        }
        words = hashes;
        lengths = each;
        count = n;
        characters = all;
    }

    /// NaN where the text is too short for the rule.
    double value(QualityRule rule) {
        return switch (rule) {
            case DUPLICATE_LINES -> duplicates(false, false);
            case DUPLICATE_LINE_CHARACTERS -> duplicates(false, true);
            case DUPLICATE_PARAGRAPHS -> duplicates(true, false);
            case DUPLICATE_PARAGRAPH_CHARACTERS -> duplicates(true, true);
            case TOP_2_GRAM, TOP_3_GRAM, TOP_4_GRAM -> top(QualityRule.TOP.indexOf(rule) + 2);
            case DUPLICATE_5_GRAMS,
                    DUPLICATE_6_GRAMS,
                    DUPLICATE_7_GRAMS,
                    DUPLICATE_8_GRAMS,
                    DUPLICATE_9_GRAMS,
                    DUPLICATE_10_GRAMS ->
                    repeated(QualityRule.DUPLICATE.indexOf(rule) + 5);
            default -> Double.NaN;
        };
    }

    /// Lines or paragraphs that stand earlier in the text, as a share of all or of their characters.
    private double duplicates(boolean areParagraphs, boolean byCharacters) {
        var seen = new LongCounts();
        var sums = new long[4]; // all, their characters, duplicates, their characters
        Lines.Visitor visitor =
                (begin, end) -> {
                    boolean isDuplicate = seen.add(LongCounts.hash(text, begin, end)) > 1;
                    sums[0]++;
                    sums[1] += end - begin;
                    sums[2] += isDuplicate ? 1 : 0;
                    sums[3] += isDuplicate ? end - begin : 0;
                    return sums[0] < MOST_LINES;
                };
        if (areParagraphs) {
            Lines.paragraphs(text, visitor);
        } else {
            Lines.forEach(text, visitor);
        }
        return byCharacters ? TextScan.ratio(sums[3], sums[1]) : TextScan.ratio(sums[2], sums[0]);
    }

    /// The characters of the most frequent n-gram, times how often it stands; of equally frequent ones the longest. An n-gram that
    /// stands once repeats nothing.
    private double top(int n) {
        if (count < n) {
            return Double.NaN;
        }
        var grams = grams(n);
        var counts = counted(grams);
        int most = 1;
        long longest = 0;
        for (int i = 0; i < grams.length; i++) {
            int times = counts.of(grams[i]);
            long length = length(i, n);
            if (times > most || (times == most && times > 1 && length > longest)) {
                most = times;
                longest = length;
            }
        }
        return Math.min(1, TextScan.ratio(most > 1 ? most * longest : 0, characters));
    }

    /// The characters of words that stand in an n-gram which stands more than once, each counted once.
    private double repeated(int n) {
        if (count < n) {
            return Double.NaN;
        }
        var grams = grams(n);
        var counts = counted(grams);
        long sum = 0;
        int counted = 0; // words before it are counted already
        for (int i = 0; i < grams.length; i++) {
            if (counts.of(grams[i]) > 1) {
                for (int w = Math.max(i, counted); w < i + n; w++) {
                    sum += lengths[w];
                }
                counted = i + n;
            }
        }
        return TextScan.ratio(sum, characters);
    }

    private long[] grams(int n) {
        var grams = new long[count - n + 1];
        for (int i = 0; i < grams.length; i++) {
            long hash = n;
            for (int w = i; w < i + n; w++) {
                hash = LongCounts.mixed(hash * 31 + words[w]);
            }
            grams[i] = hash;
        }
        return grams;
    }

    private static LongCounts counted(long[] grams) {
        var counts = new LongCounts();
        for (long gram : grams) {
            counts.add(gram);
        }
        return counts;
    }

    private long length(int first, int n) {
        long length = 0;
        for (int w = first; w < first + n; w++) {
            length += lengths[w];
        }
        return length;
    }
}
