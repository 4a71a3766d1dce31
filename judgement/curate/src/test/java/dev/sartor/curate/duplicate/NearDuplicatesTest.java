package dev.sartor.curate.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
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

class NearDuplicatesTest {
    private static final NearDuplicates USUAL =
            new NearDuplicates(NearDuplicates.USUAL_THRESHOLD, 1);

    private final PlantedTexts planted = new PlantedTexts(18);
    private final SplittableRandom random = new SplittableRandom(18);

    private static DuplicateClusters find(List<String> texts) {
        return USUAL.find(texts.size(), texts::get, Progress.silent());
    }

    /// Of 400 texts each with a copy behind all of them: the share of copies that go, each for its own text.
    private double recall(UnaryOperator<String> edit) {
        var texts = planted.texts(400, 80);
        texts.addAll(texts.stream().map(edit).toList());
        var found = find(texts);
        assertThat(found.duplicates()).allMatch(each -> each.row() == each.kept() + 400);
        return found.duplicates().size() / 400.0;
    }

    @Test
    void findsEditsOfOneToFifteenPercentOfTheCharacters() {
        assertThat(recall(text -> planted.characters(text, random.nextDouble(0.01, 0.15))))
                .isGreaterThan(0.95);
    }

    @Test
    void findsEditsOfOneToFifteenPercentOfTheWords() {
        assertThat(recall(text -> planted.words(text, random.nextDouble(0.01, 0.15))))
                .isGreaterThan(0.95);
    }

    @Test
    void findsSentencesInAnotherOrder() {
        assertThat(recall(PlantedTexts::reordered)).isGreaterThan(0.95);
    }

    @Test
    void findsEveryCopyWithOtherCaseSpaceAndPunctuation() {
        assertThat(recall(planted::marks)).isEqualTo(1);
    }

    @Test
    void findsCopiesOfLongTexts() {
        for (int words : new int[] {300, 420, 500, 1_500, 8_000}) {
            var texts = planted.texts(5, words);
            texts.addAll(texts.stream().map(text -> planted.words(text, 0.02)).toList());
            assertThat(find(texts).duplicates())
                    .as("%d words", words)
                    .extracting(Duplicate::kept)
                    .containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void textsThatShareHalfOfTheirSentencesStay() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            var shared = planted.text(60);
            texts.add(shared + " " + planted.text(60));
            texts.add(shared + " " + planted.text(60));
        }
        assertThat(find(texts).duplicates()).isEmpty();
    }

    @Test
    void theEarliestOfAClusterStaysAndTheNearestIsNamed() {
        var text = planted.text(60);
        var once = planted.characters(text, 0.02);
        var found = find(List.of(planted.text(60), once, planted.text(60), text, text + "!"));
        assertThat(found.duplicates()).extracting(Duplicate::row).containsExactly(3, 4);
        assertThat(found.duplicates()).extracting(Duplicate::kept).containsOnly(1);
        assertThat(found.duplicates().getLast().nearest()).isEqualTo(3);
        assertThat(found.duplicates().getLast().score()).isEqualTo(1);
        assertThat(found.duplicates()).allMatch(each -> each.kind() == MatchKind.NEAR);
        assertThat(IntStream.range(0, 5).map(found.earliest())).containsExactly(0, 1, 2, 1, 1);
    }

    @Test
    void aPairIsFoundWhicheverOfTheTwoComesFirst() {
        var some = planted.texts(100, 40);
        var edited = some.stream().map(text -> planted.characters(text, 0.1)).toList();
        var oneWay = new ArrayList<>(some);
        oneWay.addAll(edited);
        var otherWay = new ArrayList<>(edited);
        otherWay.addAll(some);
        assertThat(find(oneWay).duplicates())
                .extracting(Duplicate::row, Duplicate::score)
                .isEqualTo(
                        find(otherWay).duplicates().stream()
                                .map(each ->
                                        org.assertj.core.groups.Tuple.tuple(
                                                each.row(), each.score()))
                                .toList());
    }

    @Test
    void oneThreadFindsWhatTwoFind() throws InterruptedException, ExecutionException {
        var texts = planted.texts(700, 30);
        texts.addAll(texts.stream().map(text -> planted.words(text, 0.1)).toList());
        var results = new ArrayList<DuplicateClusters>();
        for (int threads = 1; threads <= 2; threads++) {
            try (var pool = new ForkJoinPool(threads)) {
                results.add(pool.submit(() -> find(texts)).get());
            }
        }
        assertThat(results.getFirst().duplicates())
                .isNotEmpty()
                .isEqualTo(results.getLast().duplicates());
        assertThat(results.getFirst().comparisons()).isEqualTo(results.getLast().comparisons());
    }

    @Test
    void aHundredThousandEqualRowsTakeAComparisonEach() {
        var found = find(Collections.nCopies(100_000, "the same row again, and again"));
        assertThat(found.duplicates()).hasSize(99_999);
        assertThat(found.comparisons()).isEqualTo(99_999);
    }

    @Test
    void rowsThatAllShareABucketAreNotComparedWithEachOther() {
        var form = planted.text(60);
        var texts = IntStream.range(0, 3_000).mapToObj(i -> form + " Number " + i).toList();
        var found = find(texts);
        assertThat(found.duplicates()).hasSize(2_999);
        assertThat(found.comparisons()).isLessThan(2 * 3_000);
    }

    @Test
    void rowsThatShareHalfAndAreUnlikeAreComparedWithFewOthers() {
        var form = planted.text(40);
        var texts = IntStream.range(0, 2_000).mapToObj(i -> form + " " + planted.text(40)).toList();
        assertThat(find(texts).comparisons()).isLessThan(2_000 * 16 + 2_000);
    }

    @Test
    void rowsWithoutTextOrShorterThanAShingleStayUnlessTheyAreTheSame() {
        var found = find(List.of("", "a", "b", "", "ab", "A", "?", "!", "日", "日本"));
        assertThat(found.duplicates()).extracting(Duplicate::row).containsExactly(5);
    }

    @Test
    void rowsOfManyMegabytesAreFoundByASample() {
        var part = planted.text(5_000);
        var huge = part.repeat(200) + planted.text(100_000); // seven million characters
        var found =
                find(
                        List.of(
                                huge,
                                "short",
                                huge + " with more",
                                planted.text(100_000),
                                "a".repeat(1 << 22),
                                "a".repeat((1 << 22) + 1)));
        assertThat(found.duplicates()).extracting(Duplicate::row).containsExactly(2, 5);
    }

    @Test
    void anotherSeedFindsNearlyTheSame() {
        var texts = planted.texts(200, 60);
        texts.addAll(texts.stream().map(text -> planted.characters(text, 0.05)).toList());
        var other = new NearDuplicates(0.8, 99).find(texts.size(), texts::get, Progress.silent());
        assertThat(other.duplicates()).isEqualTo(find(texts).duplicates());
    }

    @Test
    void aThresholdThatNobodyCanMeanIsRefused() {
        assertThatThrownBy(() -> new NearDuplicates(0.3, 1))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("near_duplicates.threshold must be 0.7 to 1, got 0.3");
    }

    @Test
    void nothingIsFoundInNothing() {
        assertThat(find(List.of()).duplicates()).isEmpty();
        assertThat(find(List.of("alone here")).duplicates()).isEmpty();
    }
}
