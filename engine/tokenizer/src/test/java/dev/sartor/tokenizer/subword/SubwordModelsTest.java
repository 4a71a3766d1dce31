package dev.sartor.tokenizer.subword;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tokenizer.text.AlignedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SubwordModelsTest {
    private static final List<String> TOKENS =
            List.of(
                    "<unk>", "a", "b", "ab", "abb", "<0xC3>", "<0xA9>", "<s>", "<", "s", ">", "Ã",
                    "©");

    private static BytePairs bytePairs(
            boolean wholeWords, boolean byteLevel, boolean fallback, boolean fuse) {
        var vocabulary = Vocabulary.of(TOKENS);
        var merges = new MergeTable(4);
        merges.put(1, 2, 0, 3);
        return new BytePairs(
                vocabulary,
                merges,
                new BytePairs.Rules(wholeWords, byteLevel, fallback, fuse, OptionalInt.of(0)),
                Set.of(0, 7));
    }

    @Test
    void pairsMerge() {
        assertThat(ids(bytePairs(false, false, false, false), "abba")).containsExactly(3, 2, 1);
        assertThat(ids(bytePairs(true, false, false, false), "abb")).containsExactly(4);
        assertThat(ids(bytePairs(false, false, false, false), "")).isEmpty();
    }

    @Test
    void whatIsNotInTheVocabularyIsUnknownOrBytes() {
        assertThat(ids(bytePairs(false, false, false, false), "aéü")).containsExactly(1, 0, 0);
        assertThat(ids(bytePairs(false, false, false, true), "aéüb")).containsExactly(1, 0, 2);
        assertThat(ids(bytePairs(false, false, true, false), "aé")).containsExactly(1, 5, 6);
        assertThat(ids(bytePairs(false, true, false, false), "aé")).containsExactly(1, 11, 12);
    }

    @Test
    void aWholeWordIsNeverAControlToken() {
        assertThat(ids(bytePairs(true, false, false, false), "<s>")).containsExactly(8, 9, 10);
    }

    @Test
    void wordPieceTakesTheLongestFromTheLeftOrNothing() {
        var vocabulary = Vocabulary.of(List.of("[UNK]", "un", "unlike", "##ly", "##l", "[CLS]"));
        var model = new WordPieces(vocabulary, "##", 10, 0, Set.of(0, 5));
        assertThat(ids(model, "unlikely")).containsExactly(2, 3);
        assertThat(ids(model, "unly")).containsExactly(1, 3);
        assertThat(ids(model, "unlx")).containsExactly(0);
        assertThat(ids(model, "unlllllllll")).containsExactly(0); // longer than ten
        assertThat(ids(model, "unllllllll")).hasSize(9);
        assertThat(ids(model, "[CLS]")).containsExactly(0);
    }

    /// The best of all ways, by trying all.
    private static double best(String word, List<String> tokens, double[] scores, double unknown) {
        if (word.isEmpty()) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        boolean single = false;
        for (int id = 0; id < tokens.size(); id++) {
            var token = tokens.get(id);
            if (word.startsWith(token)) {
                single |= token.length() == 1;
                var rest = word.substring(token.length());
                best = Math.max(best, scores[id] + best(rest, tokens, scores, unknown));
            }
        }
        return single
                ? best
                : Math.max(best, unknown + best(word.substring(1), tokens, scores, unknown));
    }

    @RepeatedTest(20)
    void unigramFindsTheMostLikelyTokens(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var tokens = new ArrayList<>(List.of("<unk>"));
        while (tokens.size() < 15) {
            var token = new StringBuilder();
            random.ints(1 + random.nextInt(3), 'a', 'd').forEach(token::appendCodePoint);
            if (!tokens.contains(token.toString())) {
                tokens.add(token.toString());
            }
        }
        var scores = new double[tokens.size()];
        for (int id = 1; id < scores.length; id++) {
            scores[id] = -random.nextDouble(10);
        }
        double least = Arrays.stream(scores).min().orElseThrow();
        var model =
                new UnigramPieces(
                        Vocabulary.of(tokens),
                        scores,
                        new UnigramPieces.Rules(OptionalInt.of(0), false, false),
                        Set.of(0));
        var text = new StringBuilder();
        random.ints(9, 'a', 'd').forEach(text::appendCodePoint);
        var list = new TokenList();
        model.tokenize(AlignedText.plain(text.toString(), 0), list);
        double sum =
                IntStream.range(0, list.size())
                        .mapToDouble(i ->
                                list.id(i) == 0
                                        ? (list.end(i) - list.start(i)) * (least - 10)
                                        : scores[list.id(i)])
                        .sum();
        double expected = best(text.toString(), tokens.subList(1, 15), tail(scores), least - 10);
        assertThat(sum).isCloseTo(expected, Offset.offset(1e-9));
    }

    private static double[] tail(double[] scores) {
        return Arrays.copyOfRange(scores, 1, scores.length);
    }

    @Test
    void unigramsUnknownCharactersAreOneTokenOrBytes() {
        var tokens = List.of("<unk>", "a", "<0xC3>", "<0xA9>", "</s>");
        var scores = new double[] {0, -1, -5, -5, 0};
        var control = Set.of(0, 4);
        var plain =
                new UnigramPieces(
                        Vocabulary.of(tokens),
                        scores,
                        new UnigramPieces.Rules(OptionalInt.of(0), false, false),
                        control);
        assertThat(ids(plain, "aéüa")).containsExactly(1, 0, 1);
        assertThat(ids(plain, "</s>")).containsExactly(0);
        var bytes =
                new UnigramPieces(
                        Vocabulary.of(tokens),
                        scores,
                        new UnigramPieces.Rules(OptionalInt.of(0), true, false),
                        control);
        assertThat(ids(bytes, "aéa")).containsExactly(1, 2, 3, 1);
        assertThat(ids(bytes, "aüa")).containsExactly(1, 0, 1);
    }

    @Test
    void sentencepiecesScoresAmountToMerges() {
        var vocabulary = Vocabulary.of(List.of("a", "b", "ab", "abab", "ba", "<s>", "<", "s>"));
        var scores = new double[] {-9, -9, -1, -2, -3, 0, -9, -9};
        var merges = ScoredMerges.of(vocabulary, scores, id -> id != 5);
        assertThat(MergeTable.merged(merges.find(0, 1))).isEqualTo(2);
        assertThat(MergeTable.rank(merges.find(0, 1)))
                .isLessThan(MergeTable.rank(merges.find(2, 2)));
        assertThat(MergeTable.rank(merges.find(2, 2)))
                .isLessThan(MergeTable.rank(merges.find(1, 0)));
        assertThat(merges.find(6, 7)).isEqualTo(MergeTable.NONE); // never the control token
    }

    @Test
    void aCachedWordIsTheSameAndTheCacheStaysSmall() {
        var cache = new WordCache();
        int[] computed = {0};
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 50; i++) {
                var word = "word" + i;
                var pieces =
                        cache.get(
                                AlignedText.plain(word, 0),
                                w -> {
                                    computed[0]++;
                                    return new Pieces(
                                            new int[] {w.hashCode()}, new int[1], new int[1]);
                                });
                assertThat(pieces.ids()).containsExactly(word.hashCode());
            }
        }
        assertThat(computed[0]).isBetween(50, 60);
        for (int i = 0; i < 200_000; i++) { // more than there are places
            int id = i;
            cache.get(
                    AlignedText.plain("w" + i, 0),
                    w -> new Pieces(new int[] {id}, new int[1], new int[1]));
        }
    }

    private static int[] ids(SubwordModel model, String word) {
        var list = new TokenList();
        model.tokenize(AlignedText.plain(word, 0), list);
        return list.ids();
    }
}
