package dev.sartor.curate.quality;

import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Lines that stand in more than a share of all rows: headers, footers, signatures, banners that no list knows. Candidates are the
/// lines that are common in a sample of rows, which keeps memory bounded; they are counted in all rows. Safe for concurrent callers.
public final class CommonLines {
    public static final String RULE = "common_lines";

    /// The share of rows that a line may stand in.
    public static final double USUAL_SHARE = 0.1;

    private static final int SAMPLED = 5000;
    private static final int LEAST_ROWS = 20;
    private static final int MOST_LINES_OF_A_ROW = 2000;

    /// A shorter line, such as `}` or `Hello,`, is common in good texts.
    private static final int SHORTEST = 15;

    private static final double MOST_OF_A_TEXT = 0.5;

    private final long[] hashes;

    private CommonLines(long[] hashes) {
        this.hashes = hashes;
    }

    /// @param texts by row; called by several threads
    /// @param share of the rows, 0 to 1
    public static CommonLines of(
            int rows, IntFunction<String> texts, double share, Progress progress) {
        Problems.refuseUnless(
                share > 0 && share <= 1,
                "the share of rows with a common line",
                "more than 0, at most 1",
                share,
                "0.1 is usual");
        if (rows < LEAST_ROWS) {
            return new CommonLines(new long[0]);
        }
        int sampled = Math.min(rows, SAMPLED);
        var seen = new LongCounts();
        IntStream.range(0, sampled)
                .map(i -> (int) ((long) i * rows / sampled))
                .forEach(row -> Arrays.stream(distinct(texts.apply(row))).forEach(seen::add));
        var candidates = seen.atLeast((int) Math.max(2, share * sampled / 2));
        if (candidates.length == 0) {
            return new CommonLines(candidates);
        }
        var counts = new AtomicIntegerArray(candidates.length);
        try (var step = progress.begin("Lines that many texts have", rows, "rows")) {
            IntStream.range(0, rows)
                    .parallel()
                    .forEach(row -> {
                        for (long hash : distinct(texts.apply(row))) {
                            int at = Arrays.binarySearch(candidates, hash);
                            if (at >= 0) {
                                counts.incrementAndGet(at);
                            }
                        }
                        step.advance(1);
                    });
        }
        double least = Math.max(2, share * rows);
        return new CommonLines(
                IntStream.range(0, candidates.length)
                        .filter(i -> counts.get(i) > least)
                        .mapToLong(i -> candidates[i])
                        .toArray());
    }

    /// The hashes of a text's lines, each once; none of a text of a single line, which is a duplicate where it is common.
    private static long[] distinct(String text) {
        var found = new LongCounts();
        var lines = new int[1];
        Lines.forEach(
                text,
                (begin, end) -> {
                    if (end - begin >= SHORTEST) {
                        found.add(LongCounts.hash(text, begin, end));
                    }
                    return ++lines[0] < MOST_LINES_OF_A_ROW;
                });
        return lines[0] < 2 ? new long[0] : found.atLeast(1);
    }

    /// How many there are.
    public int count() {
        return hashes.length;
    }

    /// Where more than half of a text's characters stand in such lines.
    public Optional<Finding> finding(String text) {
        if (hashes.length == 0) {
            return Optional.empty();
        }
        var sums = new long[3]; // all, common, lines
        Lines.forEach(
                text,
                (begin, end) -> {
                    sums[0] += end - begin;
                    sums[1] += isCommon(text, begin, end) ? end - begin : 0;
                    sums[2]++;
                    return true;
                });
        double share = sums[2] < 2 ? 0 : (double) sums[1] / sums[0];
        return share <= MOST_OF_A_TEXT
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                RULE,
                                share,
                                MOST_OF_A_TEXT,
                                String.format(
                                        Locale.ROOT,
                                        "%.0f %% of it stands in lines that many texts have",
                                        100 * share)));
    }

    private boolean isCommon(String text, int begin, int end) {
        return end - begin >= SHORTEST
                && Arrays.binarySearch(hashes, LongCounts.hash(text, begin, end)) >= 0;
    }

    /// The text without such lines; empty where it has none, or nothing else.
    public Optional<String> without(String text) {
        if (hashes.length == 0) {
            return Optional.empty();
        }
        var kept = new StringBuilder(text.length());
        int begin = 0;
        while (begin < text.length()) {
            int next = text.indexOf('\n', begin);
            next = next < 0 ? text.length() : next + 1;
            int first = begin;
            int last = next;
            while (first < last && Lines.isBlank(text.charAt(first))) {
                first++;
            }
            while (last > first && Lines.isBlank(text.charAt(last - 1))) {
                last--;
            }
            if (first == last || !isCommon(text, first, last)) {
                kept.append(text, begin, next);
            }
            begin = next;
        }
        boolean isChanged = kept.length() < text.length();
        return isChanged && !kept.toString().isBlank()
                ? Optional.of(kept.toString())
                : Optional.empty();
    }
}
