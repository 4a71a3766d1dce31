package dev.sartor.compare.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.run.Confidence;
import dev.sartor.compare.run.StoredAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CascadeSearchTest {
    private static final int ROWS = 400;

    private static CascadeSearch.Part part(
            String name,
            IntPredicate isRight,
            Optional<IntToDoubleFunction> confidence,
            double seconds) {
        var answers = new ArrayList<StoredAnswer>();
        for (int i = 0; i < ROWS; i++) {
            int row = i;
            answers.add(
                    new StoredAnswer(
                            "q" + i,
                            "question",
                            List.of("a"),
                            isRight.test(i) ? "a" : "b",
                            Optional.empty(),
                            confidence.map(of -> new Confidence(of.applyAsDouble(row), 0.5)),
                            isRight.test(i) ? 1 : 0,
                            List.of(),
                            10,
                            0,
                            1,
                            seconds,
                            Optional.empty()));
        }
        return new CascadeSearch.Part(name, "run-" + name, answers);
    }

    /// Unsure of a quarter of the rows, of which it gets one in four right.
    private static CascadeSearch.Part cheap() {
        return part(
                "cheap",
                i -> i % 4 != 0 || i % 16 == 0,
                Optional.of(i -> i % 4 == 0 ? 0.4 + i * 1e-6 : 0.9 + i * 1e-6),
                0.001);
    }

    private static CascadeSearch.Part dear() {
        return part("dear", i -> i % 50 != 1, Optional.empty(), 0.1);
    }

    private static CascadeSearch.Outcome search(CascadeSearch.Part... parts) {
        return new CascadeSearch(0.05, List.of(parts)).run();
    }

    @Test
    void theCheapestThatIsNotWorseThanTheBestIsFound() {
        var found = search(dear(), cheap()).found().orElseThrow();
        assertThat(found.first().candidate()).isEqualTo("cheap");
        assertThat(found.second().candidate()).isEqualTo("dear");
        assertThat(found.score()).isGreaterThan(0.95);
        assertThat(found.escalated()).isBetween(0.1, 0.26);
        assertThat(found.seconds())
                .as("the first always, the second on what is escalated")
                .isCloseTo(0.001 + 0.1 * found.escalated(), within(1e-9));
        assertThat(found.threshold()).isBetween(0.4, 0.91);
    }

    @Test
    void twoThatErrInDifferentPlacesAreHeldAgainstTheBestThatTheyAreTogether() {
        var errsElsewhere = part("elsewhere", i -> i % 10 != 1, Optional.empty(), 0.1);
        var found = search(errsElsewhere, cheap()).found().orElseThrow();
        assertThat(found.score())
                .as("the second alone has 0.9, with which 0.87 would be as good")
                .isGreaterThan(0.95);
    }

    @Test
    void noneIsTriedWhereOneCandidateAloneIsAsGoodAndCheaper() {
        var good = part("good", i -> i % 50 != 1, Optional.of(i -> 0.9 + i * 1e-6), 0.001);
        assertThat(search(good, dear()).found()).isEmpty();
        assertThat(search(good, dear()).why())
                .isEqualTo(
                        "No cascade is a fifth cheaper on validation than good alone and as good: none was tried.");
    }

    @Test
    void twoThatCostAlikeAreNoCascade() {
        var near = part("near", i -> i % 50 != 1, Optional.empty(), 0.0015);
        assertThat(search(cheap(), near).found()).isEmpty();
    }

    @Test
    void noneIsTriedWithoutConfidencesOrWithOneCandidate() {
        for (var outcome : List.of(search(cheap()), search(dear(), dear()))) {
            assertThat(outcome.found()).isEmpty();
            assertThat(outcome.why()).contains("of which one gives a calibrated confidence");
        }
    }

    @Test
    void theSecondsAnswerTakesTheTimeAndTheTokensOfBoth() {
        var joined = CascadeSearch.joined(cheap().answers(), dear().answers(), 0.5);
        assertThat(joined.getFirst().seconds()).isCloseTo(0.101, within(1e-12));
        assertThat(joined.getFirst().promptTokens()).isEqualTo(20);
        assertThat(joined.get(1).seconds()).isEqualTo(0.001);
        assertThatThrownBy(() ->
                        CascadeSearch.joined(cheap().answers(), dear().answers().reversed(), 0.5))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
