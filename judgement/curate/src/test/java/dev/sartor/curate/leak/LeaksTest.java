package dev.sartor.curate.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.MatchKind;
import dev.sartor.curate.similarity.PlantedTexts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaksTest {
    private static final Leaks USUAL = new Leaks(Leaks.USUAL_THRESHOLD);

    private final PlantedTexts planted = new PlantedTexts(4);
    private final SplittableRandom random = new SplittableRandom(4);

    private static List<Leak> find(List<String> tests, List<String> others) {
        return USUAL.find(tests.size(), tests::get, others.size(), others::get, Progress.silent());
    }

    /// Of 300 copies among 300 clean rows: those that are found where they came from, once nothing clean is named.
    private List<Leak> found(int words, UnaryOperator<String> edit) {
        var others = planted.texts(300, words);
        var tests = new ArrayList<>(others.stream().map(edit).toList());
        tests.addAll(planted.texts(300, words));
        var found = find(tests, others);
        assertThat(found).allMatch(leak -> leak.test() == leak.other());
        return found;
    }

    @Test
    void everyEqualRowIsExact() {
        assertThat(found(12, text -> text))
                .hasSize(300)
                .allMatch(leak -> leak.kind() == MatchKind.EXACT && leak.score() == 1);
    }

    @Test
    void everyRowThatFoldsToTheSameIsFolded() {
        assertThat(found(12, planted::marks))
                .hasSize(300)
                .allMatch(leak -> leak.kind() == MatchKind.FOLDED && leak.score() == 1);
    }

    @Test
    void typingMistakesAreNear() {
        var found = found(10, text -> planted.characters(text, random.nextDouble(0.01, 0.15)));
        assertThat(found).hasSizeGreaterThan(285);
        assertThat(found).extracting(Leak::kind).contains(MatchKind.NEAR);
    }

    @Test
    void clausesInAnotherOrderAreFound() {
        assertThat(found(30, PlantedTexts::reordered)).hasSizeGreaterThan(285);
    }

    @Test
    void aShortRowIsFoundInALongerOne() {
        var tests = planted.texts(100, 12);
        var others =
                tests.stream()
                        .map(text ->
                                planted.text(70)
                                        + " "
                                        + planted.characters(text, 0.05)
                                        + " "
                                        + planted.text(70))
                        .toList();
        var found = find(tests, others);
        assertThat(found).hasSizeGreaterThan(95).allMatch(leak -> leak.test() == leak.other());
    }

    @Test
    void aRowIsFoundAtAnyPlaceOfAVeryLongOne() {
        var tests = planted.texts(20, 12);
        var other = new StringBuilder();
        for (var test : tests) {
            other.append(planted.text(1_000))
                    .append(' ')
                    .append(planted.characters(test, 0.03))
                    .append(' ');
        }
        assertThat(find(tests, List.of("another", other.toString())))
                .hasSize(20)
                .allMatch(leak -> leak.other() == 1);
    }

    @Test
    void aFewWordsThatStandInALongerRowAreNoLeak() {
        assertThat(
                        find(
                                List.of("my card", "where is my money"),
                                List.of(
                                        "I asked them where is my money and where my card is, and nobody knew")))
                .isEmpty();
    }

    @Test
    void thirteenWordsInARowAreFoundWithTheirShare() {
        var words = planted.text(13).replace(".", "");
        var test = planted.text(20) + " " + words + " " + planted.text(20);
        var found =
                find(
                        List.of(test),
                        List.of(
                                planted.text(200),
                                planted.text(90)
                                        + " "
                                        + words.toUpperCase(java.util.Locale.ROOT)
                                        + "! "
                                        + planted.text(90)));
        assertThat(found)
                .containsExactly(new Leak(0, 1, MatchKind.THIRTEEN_GRAM, (float) (1 / 41.0)));
    }

    @Test
    void aPhraseOfTheFormIsNoLeak() {
        var form = planted.text(15);
        var tests = planted.texts(20, 40).stream().map(text -> form + " " + text).toList();
        var others = planted.texts(20, 40).stream().map(text -> form + " " + text).toList();
        assertThat(find(tests, others)).isEmpty();
        assertThat(find(tests.subList(0, 2), others))
                .as("in few test rows and in many others")
                .isEmpty();
        assertThat(find(tests.subList(0, 2), others.subList(0, 2))).hasSize(4);
    }

    @Test
    void ofARowAtMostFivePairsAreToldTheStrongestFirst() {
        var text = planted.text(30);
        var others = new ArrayList<>(Collections.nCopies(3, planted.words(text, 0.08)));
        others.addAll(Collections.nCopies(3, planted.marks(text)));
        others.add(text);
        var found = find(List.of("another row", text), others);
        assertThat(found).extracting(Leak::test).containsOnly(1);
        assertThat(found).extracting(Leak::other).startsWith(6, 3, 4, 5).hasSize(5);
        assertThat(found)
                .extracting(Leak::kind)
                .startsWith(MatchKind.EXACT, MatchKind.FOLDED, MatchKind.FOLDED, MatchKind.FOLDED);
    }

    @Test
    void equalTestRowsEachHaveTheirPairs() {
        var text = planted.text(20);
        var found = find(List.of(text, "another", planted.marks(text), text), List.of(text));
        assertThat(found)
                .containsExactly(
                        new Leak(0, 0, MatchKind.EXACT, 1),
                        new Leak(2, 0, MatchKind.FOLDED, 1),
                        new Leak(3, 0, MatchKind.EXACT, 1));
    }

    @Test
    void oneThreadFindsWhatTwoFind() throws InterruptedException, ExecutionException {
        var tests = planted.texts(1_200, 15);
        var others = new ArrayList<>(tests.stream().map(text -> planted.words(text, 0.1)).toList());
        others.addAll(tests);
        var results = new ArrayList<List<Leak>>();
        for (int threads = 1; threads <= 2; threads++) {
            try (var pool = new ForkJoinPool(threads)) {
                results.add(pool.submit(() -> find(tests, others)).get());
            }
        }
        assertThat(results.getFirst()).hasSizeGreaterThan(2_000).isEqualTo(results.getLast());
    }

    @Test
    void hostileRowsAreBorne() {
        var equal = Collections.nCopies(20_000, "the same row again and again");
        assertThat(find(equal, equal)).hasSize(5 * 20_000);
        assertThat(find(List.of("", "?", "a"), List.of("", "?", "A", "x".repeat(1 << 20))))
                .extracting(Leak::test)
                .containsExactly(1, 2);
        var alike =
                IntStream.range(0, 3_000).mapToObj(i -> "row number " + i + " of a table").toList();
        assertThat(find(alike, List.of("row number 77 of a table")))
                .extracting(Leak::kind)
                .contains(MatchKind.EXACT);
    }

    @Test
    void bothKindsOfEvidenceMakeOneList() {
        var texts =
                List.of(new Leak(0, 4, MatchKind.NEAR, 0.9), new Leak(2, 1, MatchKind.EXACT, 1));
        var vectors =
                List.of(
                        new Leak(0, 4, MatchKind.SEMANTIC, 0.99),
                        new Leak(0, 3, MatchKind.SEMANTIC, 0.95),
                        new Leak(1, 0, MatchKind.SEMANTIC, 0.96));
        assertThat(Leaks.strongest(texts, vectors))
                .containsExactly(
                        new Leak(0, 4, MatchKind.NEAR, 0.9),
                        new Leak(0, 3, MatchKind.SEMANTIC, 0.95),
                        new Leak(1, 0, MatchKind.SEMANTIC, 0.96),
                        new Leak(2, 1, MatchKind.EXACT, 1));
    }
}
