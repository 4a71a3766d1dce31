package dev.sartor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.Judgement;
import dev.sartor.data.Judgement.Preferred;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers are numbers here, of which people prefer the higher one.
class AgreementTest {
    private static final Floors USUAL = new Floors(0.4, 0.1);

    @TempDir Path folder;

    @Test
    void aJudgeWithAPositionBiasOfAFifthIsRefused() {
        var random = new Random(7);
        var agreement = agreement(300, (a, b) -> random.nextDouble() < 0.2 ? "A" : right(a, b));
        assertThat(agreement.positionBias()).isCloseTo(0.2, within(0.04));
        assertThat(agreement.kappaInterval().low()).isGreaterThan(0.4);
        assertThat(USUAL.refusals(agreement)).hasSize(1);
        assertThat(USUAL.refusals(agreement).getFirst())
                .startsWith("Its position bias is +0.")
                .contains("judge.max_position_bias allows 0.10");
    }

    @Test
    void aJudgeWithAKappaOfThreeFifthsOnThreeHundredPairsIsAccepted() {
        var random = new Random(7);
        var agreement = agreement(300, (a, b) -> noisy(random, 0.35, right(a, b)));
        assertThat(agreement.kappa()).isCloseTo(0.6, within(0.05));
        assertThat(USUAL.refusals(agreement)).isEmpty();
    }

    @Test
    void aJudgeThatGuessesIsRefusedByTheLowerEndOfKappa() {
        var random = new Random(7);
        var agreement = agreement(60, (a, b) -> noisy(random, 1, right(a, b)));
        assertThat(USUAL.refusals(agreement).getFirst())
                .startsWith("Its κ with people is ")
                .contains(
                        "on 60 pairs, and judge.min_kappa asks the lower end to be at least 0.40");
    }

    @Test
    void aKappaThatFewPairsLeaveOpenDoesNotReachTheFloor() {
        var random = new Random(7);
        var few = agreement(40, (a, b) -> noisy(random, 0.4, right(a, b)));
        assertThat(few.kappaInterval().high()).isGreaterThan(0.4);
        assertThat(USUAL.refusals(few)).isNotEmpty();
    }

    @Test
    void aJudgeThatSaysTheSameInBothOrdersIsSteady() {
        var agreement = agreement(30, AgreementTest::right);
        assertThat(agreement.steadiness()).isOne();
        assertThat(agreement.kappa()).isOne();
        assertThat(agreement.positionBias()).isZero();
        assertThat(agreement.correction().factor()).isOne();
    }

    @Test
    void peopleWhoDisagreeAreCountedAndMostOrATieDecides() {
        var people =
                People.of(
                        List.of(
                                said("1", "2", Preferred.SECOND),
                                said("2", "1", Preferred.FIRST),
                                said("1", "2", Preferred.FIRST),
                                said("3", "4", Preferred.FIRST),
                                said("3", "4", Preferred.SECOND),
                                said("5", "6", Preferred.SECOND)));
        assertThat(people.preferred())
                .containsExactly(Preferred.SECOND, Preferred.TIE, Preferred.SECOND);
        assertThat(people.contradicted()).isEqualTo(2);
        assertThat(people.judgements()).isEqualTo(6);
    }

    @Test
    void tooFewJudgementsAreRefusedWithHowManyMore() {
        var people = People.of(List.of(said("1", "2", Preferred.SECOND)));
        assertThatThrownBy(() -> Floors.refuseTooFew(people, "data/judgements.jsonl"))
                .hasMessage(
                        "judge.judgements must hold at least 30 pairs of answers, got 1 in data/judgements.jsonl: add 29 more.");
    }

    private Agreement agreement(int pairs, BinaryOperator<String> says) {
        var random = new Random(3);
        var judgements = new ArrayList<Judgement>();
        for (int i = 0; i < pairs; i++) {
            int first = random.nextInt(5);
            int second = random.nextInt(5);
            judgements.add(
                    said(i + "." + first, i + "." + second + "!", Preferred.of(first - second)));
        }
        var judge =
                new PairJudge(
                        new PairJudge.Model("scripted", "digest", () -> new ScriptedJudge(says)),
                        new Rubric(Rubric.standard(), 200),
                        folder,
                        Progress.silent(),
                        new Cancellation());
        return Agreement.of(judge, People.of(judgements));
    }

    private static Judgement said(String first, String second, Preferred preferred) {
        return new Judgement(
                "Which?", first, second, Optional.empty(), preferred, Optional.empty());
    }

    private static String right(String a, String b) {
        int difference = worth(a) - worth(b);
        return difference > 0 ? "A" : difference < 0 ? "B" : "C";
    }

    private static String noisy(Random random, double noise, String right) {
        return random.nextDouble() < noise ? List.of("A", "B", "C").get(random.nextInt(3)) : right;
    }

    private static int worth(String answer) {
        return Integer.parseInt(answer.replace("!", "").split("\\.", -1)[1]);
    }
}
