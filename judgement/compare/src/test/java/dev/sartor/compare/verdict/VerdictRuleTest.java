package dev.sartor.compare.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.run.Trial;
import dev.sartor.project.setting.Costs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictRuleTest {
    @Test
    void theCheapestThatIsShownToBeCloseEnoughIsShipped() {
        // 400 examples, two disagreements: the interval of the difference is well inside 5 points.
        var verdict =
                Trial.withMargin(0.05)
                        .with("cheap", 400, i -> i % 10 != 0 || i == 0, 1, 0)
                        .with("best", 400, i -> i % 10 != 0 || i <= 20, 2, 0)
                        .with("bad", 400, i -> i % 2 == 0, 0.5, 0)
                        .verdict();
        assertThat(verdict).isInstanceOf(Verdict.Ship.class);
        assertThat(verdict.candidate()).isEqualTo("cheap");
        assertThat(((Verdict.Ship) verdict).goodEnough()).containsExactly("cheap", "best");
        assertThat(((Verdict.Ship) verdict).open()).isEmpty();
        assertThat(verdict.why())
                .isEqualTo(
                        "cheap scores 0.903 [0.869, 0.928], shown to be less than 5 points below the best,"
                                + " best (0.908): the difference is −0.5 points [−1.7, +0.6]. It is the cheapest"
                                + " of the 2 that are good enough: 1.00 EUR for 1,000 answers at 1,000 a month,"
                                + " where best, the next, costs 2.00.");
    }

    @Test
    void aCheapOneThatTheTestSetCannotTellAboutIsNotShipped() {
        var verdict =
                Trial.withMargin(0.05)
                        .with("cheap", 40, i -> i % 4 != 0, 1, 0)
                        .with("best", 40, i -> i % 4 != 1 || i == 1, 2, 0)
                        .verdict();
        assertThat(verdict).isInstanceOf(Verdict.TooSmallToTell.class);
        assertThat(verdict.candidate()).isEqualTo("best");
        // 19 of 40 pairs disagree: 0.475 · (2.8016 / 0.05)² = 1,492 (z of a two-sided 95 % interval
        // plus z of 80 % power).
        assertThat(((Verdict.TooSmallToTell) verdict).open())
                .isEqualTo(new Verdict.Undecided(List.of("cheap"), 1492));
        assertThat(verdict.why())
                .startsWith(
                        "cheap costs less than best and may be within 5 points of it, but 40 test examples"
                                + " are too few to tell. About 1492 would be enough;");
    }

    @Test
    void oneThatIsShownToBeWorseLeavesNothingOpen() {
        var verdict =
                Trial.withMargin(0.05)
                        .with("cheap", 100, i -> i % 2 == 0, 1, 0)
                        .with("best", 100, i -> i % 10 != 0, 2, 0)
                        .verdict();
        assertThat(verdict).isInstanceOf(Verdict.Ship.class);
        assertThat(verdict.candidate()).isEqualTo("best");
        assertThat(verdict.why())
                .contains("best scores best: 0.900", "and no other candidate is good enough.");
    }

    @Test
    void theBestThatIsAlsoTheCheapestNeedsNoLargerTest() {
        var verdict =
                Trial.withMargin(0.05)
                        .with("dear", 20, i -> i % 4 != 0, 2, 0)
                        .with("best", 20, i -> i != 1, 1, 0)
                        .verdict();
        assertThat(verdict).isInstanceOf(Verdict.Ship.class);
        assertThat(verdict.candidate()).isEqualTo("best");
    }

    @Test
    void aTargetThatNothingMeetsIsSaidPlainly() {
        var verdict =
                new Trial(0.05, Optional.of(0.95))
                        .with("cheap", 100, i -> i % 10 != 0, 1, 0)
                        .verdict();
        assertThat(verdict.kind()).isEqualTo("nothing-meets-target");
        assertThat(verdict.why())
                .startsWith(
                        "The best candidate, cheap, scores 0.900 [0.826, 0.945], and the target is 0.950.");
    }

    @Test
    void closeToTheBestButBelowTheTargetIsNotGoodEnough() {
        var verdict =
                new Trial(0.05, Optional.of(0.905))
                        .with("cheap", 400, i -> i % 10 != 0 || i == 0, 1, 0)
                        .with("best", 400, i -> i % 10 != 0 || i <= 20, 2, 0)
                        .verdict();
        assertThat(verdict.candidate()).isEqualTo("best");
    }

    @Test
    void theVolumesAtWhichTheOrderChangesAreNamed() {
        // tuned: 0.0002 EUR an answer and 12 EUR a year (5 trainings' worth of 2,400 s); plain:
        // 0.001 EUR and nothing.
        var costs = new Costs("EUR", 3.6, 2000, 4, 0, 0, Map.of());
        var trial =
                Trial.withMargin(0.05)
                        .priced(costs)
                        .with("tuned", 300, i -> i % 50 != 0, 0.2, 2400)
                        .with("plain", 300, i -> i % 50 != 0, 1, 0);
        var ship = (Verdict.Ship) trial.verdict();
        assertThat(ship.candidate()).isEqualTo("tuned");
        // 12 / (0.001 − 0.0002) = 15,000 answers a year.
        assertThat(ship.crossings())
                .singleElement()
                .satisfies(crossing -> {
                    assertThat(crossing.candidate()).isEqualTo("plain");
                    assertThat(crossing.above()).isFalse();
                    assertThat(crossing.answersPerMonth()).isCloseTo(1250, within(1e-6));
                });
        assertThat(BreakEven.sentence(ship.crossings(), "tuned"))
                .isEqualTo("Below 1,300 answers a month plain would be cheaper.");
    }

    @Test
    void oneThatIsCheaperAtAnyVolumeHasNoCrossing() {
        var ship =
                (Verdict.Ship)
                        Trial.withMargin(0.05)
                                .with("tuned", 300, i -> i % 50 != 0, 1, 2400)
                                .with("plain", 300, i -> i % 50 != 0, 1, 0)
                                .verdict();
        assertThat(ship.candidate()).isEqualTo("plain");
        assertThat(BreakEven.sentence(ship.crossings(), "plain"))
                .isEqualTo("plain is the cheapest of them at any volume.");
    }

    @Test
    void theBestIsNotShippedWhileADearerOneMayBeBetterByMoreThanTheMargin() {
        var verdict =
                Trial.withMargin(0.05)
                        .with("dear", 40, i -> i % 4 != 0, 2, 0)
                        .with("best", 40, i -> i % 4 != 1 || i == 1, 1, 0)
                        .verdict();
        assertThat(verdict).isInstanceOf(Verdict.TooSmallToTell.class);
        assertThat(verdict.candidate()).isEqualTo("best");
        assertThat(verdict.why())
                .startsWith("best scores best, 0.775 [")
                .contains(
                        "but dear may still be better by more than 5 points: 40 test examples are too few to tell.")
                .endsWith("About 1492 would be enough.");
    }

    @Test
    void whatIsGoodEnoughAmongTwoMayBeTooUncertainAmongMany() {
        // 4 of 100 pairs disagree one way and 2 the other: above −9 points at 95 %, not at 99.6 %.
        var two =
                Trial.withMargin(0.09)
                        .with("cheap", 100, i -> i >= 4 && i < 90, 1, 0)
                        .with("best", 100, i -> i < 88, 2, 0);
        assertThat(two.verdict().candidate()).isEqualTo("cheap");
        for (int i = 0; i < 30; i++) {
            two.with("bad" + i, 100, row -> row % 50 == 0, 3 + i, 0);
        }
        assertThat(two.verdict().candidate()).isEqualTo("best");
        assertThat(two.verdict()).isInstanceOf(Verdict.TooSmallToTell.class);
    }

    @Test
    void aCandidateIsNotShippedWhereTheBestCostsLessAndIsItselfNotShownToBeGoodEnough() {
        // best and rival disagree on 58 examples; safe sides with each of them on half.
        var verdict =
                Trial.withMargin(0.12)
                        .with("best", 100, i -> i < 30 || i >= 58, 1, 0)
                        .with("safe", 100, i -> i < 15 || (i >= 30 && i < 44) || i >= 58, 2, 0)
                        .with("rival", 100, i -> i >= 30, 3, 0)
                        .verdict();
        assertThat(verdict).isInstanceOf(Verdict.TooSmallToTell.class);
        assertThat(verdict.candidate()).isEqualTo("best");
        assertThat(verdict.why()).contains("may still be better by more than 12 points");
    }
}
