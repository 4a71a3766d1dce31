package dev.sartor.compare.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.run.CheckedAnswer;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Statement;
import dev.sartor.evaluate.statistics.Proportions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailurePointsTest {
    private static final String HAS_IT = "A call-out is 19 crowns, and labour is included.";
    private static final String OTHER = "The dock is closed on Mondays.";
    private static final Optional<String> UNKNOWN = Optional.of("I don't know");

    private static StoredAnswer answer(
            String answer, double score, String reference, String... passages) {
        return new StoredAnswer(
                "1",
                "What does a call-out cost?",
                List.of(reference),
                answer,
                Optional.empty(),
                Optional.empty(),
                score,
                Stream.of(passages)
                        .map(text ->
                                new StoredAnswer.Found(
                                        "van.md",
                                        "Cost",
                                        text,
                                        1,
                                        Set.of(),
                                        Optional.empty(),
                                        Optional.empty()))
                        .toList(),
                0,
                0,
                0,
                0,
                Optional.empty());
    }

    private static CheckedAnswer check(List<Integer> cites, int source, boolean isSupported) {
        return new CheckedAnswer(
                "1", true, List.of(new Statement("It is so.", cites, source, 0.8, isSupported)));
    }

    private static CheckedAnswer nothingStated() {
        return new CheckedAnswer("1", true, List.of());
    }

    private static FailurePoint of(StoredAnswer answer, CheckedAnswer check) {
        var found = FailurePoints.of(List.of(answer), List.of(check), UNKNOWN, 0.5);
        assertThat(found.wrong()).isOne();
        return found.each().getFirst().orElseThrow();
    }

    @Test
    void whereNoShownPassageHasTheReferenceTheSearchIsAtFault() {
        var wrong = answer("It is closed on Mondays", 0, "19 crowns", OTHER);
        assertThat(of(wrong, check(List.of(), 1, true))).isEqualTo(FailurePoint.NOT_FOUND);
        assertThat(of(answer("I don't know", 0, "19 crowns"), nothingStated()))
                .as("nothing was shown")
                .isEqualTo(FailurePoint.NOT_FOUND);
    }

    @Test
    void whatIsSupportedByThePassageThatHasItWasMisread() {
        var wrong = answer("Labour", 0, "19 crowns", OTHER, HAS_IT);
        assertThat(of(wrong, check(List.of(), 2, true))).isEqualTo(FailurePoint.MISREAD);
        assertThat(of(wrong, check(List.of(2), 2, false)))
                .as("it cites that passage")
                .isEqualTo(FailurePoint.MISREAD);
    }

    @Test
    void whatHasNothingFromThePassageThatHasItDidNotUseIt() {
        var wrong = answer("Mondays", 0, "19 crowns", OTHER, HAS_IT);
        assertThat(of(wrong, check(List.of(), 1, true)))
                .as("it is from the other passage")
                .isEqualTo(FailurePoint.NOT_USED);
        assertThat(of(wrong, check(List.of(), 2, false)))
                .as("too little of it is from there")
                .isEqualTo(FailurePoint.NOT_USED);
        assertThat(of(answer("I don't know", 0, "19 crowns", HAS_IT), nothingStated()))
                .as("nothing is said to be known though the passage was shown")
                .isEqualTo(FailurePoint.NOT_USED);
    }

    @Test
    void aQuestionWithoutAnAnswerIsNotToBeAnswered() {
        var wrong = answer("19 crowns", 0, "I don't know", HAS_IT);
        assertThat(of(wrong, check(List.of(), 1, true))).isEqualTo(FailurePoint.UNANSWERABLE);
    }

    @Test
    void anAnswerThatHoldsTheReferenceSaysTooMuch() {
        var long1 = answer(HAS_IT + " [1]", 0.4, "19 crowns", HAS_IT);
        assertThat(of(long1, check(List.of(1), 1, true))).isEqualTo(FailurePoint.VERBOSE);
    }

    @Test
    void aBareYesIsNotLookedFor() {
        assertThat(of(answer("no", 0, "yes", HAS_IT), nothingStated()))
                .isEqualTo(FailurePoint.UNCLEAR);
    }

    @Test
    void headingsThatTheModelIsShownCount() {
        assertThat(of(answer("Mondays", 0, "Cost", OTHER), nothingStated()))
                .isEqualTo(FailurePoint.NOT_USED);
    }

    @Test
    void sharesAreOfAllAnswersAndTheCountsAddUpToTheWrongOnes() {
        var answers =
                IntStream.range(0, 10)
                        .mapToObj(
                                i -> answer("x", i < 3 ? 0 : i == 3 ? 0.5 : 1, "19 crowns", OTHER))
                        .toList();
        var found =
                FailurePoints.of(
                        answers, answers.stream().map(_ -> nothingStated()).toList(), UNKNOWN, 0.5);
        assertThat(found.wrong()).isEqualTo(3);
        assertThat(found.shares().stream().mapToInt(FailurePoints.Share::count).sum()).isEqualTo(3);
        var notFound =
                found.shares().stream()
                        .filter(each -> each.point() == FailurePoint.NOT_FOUND)
                        .findFirst()
                        .orElseThrow();
        assertThat(notFound.share()).isCloseTo(0.3, within(1e-12));
        assertThat(notFound.interval()).isEqualTo(Proportions.wilson(3, 10));
    }
}
