package dev.sartor.curate.leak;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.EqualTexts;
import dev.sartor.curate.similarity.Folded;
import dev.sartor.curate.similarity.Hashing;
import dev.sartor.curate.similarity.Pieces;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Test rows in all the ways in which other rows are looked up. Rows with one text are one row here, and so are rows with one
/// folded text: the earliest stands for all.
final class TestIndex {
    /// More test rows share a run of words only where it is a phrase of the form, such as an instruction before each question.
    private static final int MOST_ROWS_OF_A_PHRASE = 10;

    private final IntFunction<String> texts;
    private final Containment containment;
    private final long[] hashes;
    private final long[] foldedHashes;
    private final int[] lengths;
    private final int[] same;
    private final int[] folded;
    private final LongPostings rowsBySame;
    private final LongPostings rowsByFolded;
    private final LongPostings rowsByGram;
    private final AnchorIndex anchors;

    TestIndex(int tests, IntFunction<String> texts, double threshold, Progress progress) {
        this.texts = texts;
        containment = new Containment(threshold);
        hashes = new long[tests];
        foldedHashes = new long[tests];
        lengths = new int[tests];
        try (var step = progress.begin("test rows", tests, "rows")) {
            Pieces.forEach(tests, step, this::read);
        }
        same =
                EqualTexts.earliest(
                        hashes, (row, earlier) -> texts.apply(row).equals(texts.apply(earlier)));
        folded =
                EqualTexts.earliest(
                        foldedHashes,
                        (row, earlier) -> foldedText(row).equals(foldedText(earlier)));
        rowsBySame = byHash(same, hashes);
        rowsByFolded = byHash(folded, foldedHashes);
        var distinct =
                IntStream.range(0, tests)
                        .filter(row -> folded[row] == row && lengths[row] > 0)
                        .toArray();
        rowsByGram = byGram(distinct);
        anchors = new AnchorIndex(tests, distinct, this::foldedText, threshold);
    }

    /// The earliest test row with the same text.
    int same(int row) {
        return same[row];
    }

    /// The earliest test row with the same folded text.
    int folded(int row) {
        return folded[row];
    }

    /// The numbers of a row's runs of thirteen words, in their order.
    int[] grams(int row) {
        return LongStream.of(WordGrams.of(texts.apply(row))).mapToInt(rowsByGram::find).toArray();
    }

    /// The rows that have each run of thirteen words; of a run in too many rows, the first ones.
    LongPostings rowsByGram() {
        return rowsByGram;
    }

    /// Whether a run of words stands in so many test rows that it says nothing of any.
    boolean isPhrase(int gram) {
        return rowsByGram.end(gram) - rowsByGram.start(gram) > MOST_ROWS_OF_A_PHRASE;
    }

    AnchorIndex.Probe probe() {
        return anchors.probe();
    }

    /// Adds to what was found all that one other row leaks.
    void search(int other, String text, AnchorIndex.Probe probe, LeakHits hits) {
        if (text.isEmpty()) {
            return;
        }
        rowWith(rowsBySame, Hashing.of(text), row -> texts.apply(row).equals(text))
                .forEach(row -> hits.same(row, other));
        var foldedOther = Folded.of(text);
        int equal =
                rowWith(
                                rowsByFolded,
                                Hashing.of(foldedOther),
                                row -> foldedText(row).equals(foldedOther))
                        .findFirst()
                        .orElse(-1);
        if (equal >= 0) {
            hits.folded(equal, other);
        }
        for (long gram : WordGrams.of(text)) {
            int number = rowsByGram.find(gram);
            if (number >= 0 && !isPhrase(number)) {
                hits.gram(number, other);
            }
        }
        for (var window : Windows.of(foldedOther)) {
            for (int row : probe.candidates(window)) {
                if (row != equal) {
                    hits.near(row, other, likeness(row, window, foldedOther));
                }
            }
        }
    }

    private double likeness(int row, String window, String foldedOther) {
        var test = foldedText(row);
        boolean isPart = test.length() <= Containment.LONGEST_PART;
        return containment.of(test, isPart ? window : foldedOther);
    }

    private static IntStream rowWith(LongPostings rows, long hash, IntPredicate isSame) {
        int key = rows.find(hash);
        return key < 0
                ? IntStream.empty()
                : IntStream.range(rows.start(key), rows.end(key)).map(rows::row).filter(isSame);
    }

    private void read(int row) {
        var text = texts.apply(row);
        hashes[row] = Hashing.of(text);
        var foldedOfRow = Folded.of(text);
        foldedHashes[row] = Hashing.of(foldedOfRow);
        lengths[row] = foldedOfRow.length();
    }

    private String foldedText(int row) {
        return Folded.of(texts.apply(row));
    }

    private static LongPostings byHash(int[] earliest, long[] hashes) {
        var rows =
                IntStream.range(0, earliest.length).filter(row -> earliest[row] == row).toArray();
        return new LongPostings(
                IntStream.of(rows).mapToLong(row -> hashes[row]).toArray(), rows, rows.length);
    }

    private LongPostings byGram(int[] rows) {
        var grams =
                IntStream.of(rows)
                        .parallel()
                        .mapToObj(row ->
                                LongStream.of(WordGrams.of(texts.apply(row))).distinct().toArray())
                        .toList();
        var keys = grams.stream().flatMapToLong(LongStream::of).toArray();
        var rowOfEach =
                IntStream.range(0, rows.length)
                        .flatMap(i -> IntStream.generate(() -> rows[i]).limit(grams.get(i).length))
                        .toArray();
        return new LongPostings(keys, rowOfEach, MOST_ROWS_OF_A_PHRASE + 1);
    }
}
