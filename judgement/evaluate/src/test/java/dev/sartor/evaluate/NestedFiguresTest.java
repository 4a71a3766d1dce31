package dev.sartor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.evaluate.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/// Examples that come in groups, and candidates that were trained several times.
class NestedFiguresTest {
    private static final Metric ACCURACY = Metric.named("accuracy", List.of("a", "b"));

    private static List<Prediction> answers(
            int count, IntFunction<Optional<String>> group, IntPredicate isRight) {
        var answers = new ArrayList<Prediction>();
        for (int i = 0; i < count; i++) {
            answers.add(
                    new Prediction(
                            "q" + i, isRight.test(i) ? "a" : "b", List.of("a"), group.apply(i)));
        }
        return answers;
    }

    private static Optional<String> byTen(int row) {
        return Optional.of("customer " + row / 10);
    }

    private static Optional<String> own(int row) {
        return Optional.of("customer " + row);
    }

    /// The first seven of ten groups right, and two of ten answers of each right where rows are on their own.
    private static boolean isInFirstGroups(int row) {
        return row < 70;
    }

    @Test
    void aTestSetOfTenCustomersSaysAsMuchAsTenExamples() {
        var score = Scores.score(ACCURACY, answers(100, i -> byTen(i), i -> isInFirstGroups(i)));
        assertThat(score.value()).isEqualTo(0.7);
        // Wilson's interval of 7 of 10 is [0.397, 0.892]; Student's t with 9 degrees of freedom,
        // and the variance over n − 1, widen it.
        assertThat(score.low()).isBetween(0.33, 0.397);
        assertThat(score.high()).isBetween(0.892, 0.93);
        assertThat(score.count()).isEqualTo(100);
    }

    @Test
    void groupsOfOneExampleChangeNothing() {
        assertThat(Scores.score(ACCURACY, answers(100, i -> own(i), i -> isInFirstGroups(i))))
                .isEqualTo(
                        Scores.score(
                                ACCURACY,
                                answers(100, _ -> Optional.empty(), i -> isInFirstGroups(i))));
    }

    @Test
    void oneGroupSaysNothingOfOthers() {
        var score = Scores.score(ACCURACY, answers(40, _ -> Optional.of("all"), i -> i < 30));
        assertThat(score.low()).isZero();
        assertThat(score.high()).isEqualTo(1);
        var pair =
                PairedComparison.of(
                        ACCURACY,
                        answers(40, _ -> Optional.of("all"), i -> i < 30),
                        answers(40, _ -> Optional.of("all"), i -> i < 20));
        assertThat(pair.low()).isEqualTo(-1);
        assertThat(pair.high()).isEqualTo(1);
        assertThat(pair.p()).isEqualTo(1);
    }

    @Test
    void allRightInFewGroupsIsNoCertainty() {
        var score = Scores.score(ACCURACY, answers(100, i -> byTen(i), _ -> true));
        // Of ten independent examples Wilson's interval begins at 0.722.
        assertThat(score.low()).isBetween(0.6, 0.722);
        assertThat(score.high()).isEqualTo(1);
    }

    @Test
    void twoThatDifferByWholeGroupsAreNotToldApart() {
        var alone =
                PairedComparison.of(
                        ACCURACY,
                        answers(100, _ -> Optional.empty(), i -> i < 80),
                        answers(100, _ -> Optional.empty(), i -> i < 60));
        var grouped =
                PairedComparison.of(
                        ACCURACY,
                        answers(100, i -> byTen(i), i -> i < 80),
                        answers(100, i -> byTen(i), i -> i < 60));
        assertThat(grouped.difference()).isCloseTo(alone.difference(), within(1e-12));
        assertThat(alone.low()).isPositive();
        assertThat(grouped.low()).isNegative();
        assertThat(alone.p()).isLessThan(0.001);
        // Two groups of ten differ: t = 0.2 ÷ √(0.16 ÷ 9) = 1.5 with 9 degrees of freedom.
        assertThat(grouped.p()).isCloseTo(0.1678, within(1e-3));
    }

    @Test
    void groupsThatAllDifferAreNoMoreThanAsManyTossesOfACoin() {
        var pair =
                PairedComparison.of(
                        ACCURACY,
                        answers(40, i -> byTen(i), _ -> true),
                        answers(40, i -> byTen(i), _ -> false));
        assertThat(pair.p()).isCloseTo(2 / 16.0, within(1e-12));
    }

    @Test
    void theIntervalIsAsWideFromEitherSide() {
        var first = answers(100, i -> byTen(i), i -> i % 3 > 0);
        var second = answers(100, i -> byTen(i), i -> i % 10 > 2);
        var there = PairedComparison.interval(ACCURACY, first, second, 0.01);
        var back = PairedComparison.interval(ACCURACY, second, first, 0.01);
        assertThat(there.low()).isCloseTo(-back.high(), within(1e-12));
        assertThat(there.high()).isCloseTo(-back.low(), within(1e-12));
        var usual = PairedComparison.interval(ACCURACY, first, second, Interval.USUAL_ERROR);
        assertThat(there.low()).isLessThan(usual.low());
    }

    @Test
    void whatTrainingsDifferByIsInTheInterval() {
        var trainings =
                List.of(
                        answers(200, _ -> Optional.empty(), i -> i < 160),
                        answers(200, _ -> Optional.empty(), i -> i < 150),
                        answers(200, _ -> Optional.empty(), i -> i < 125));
        var mean = Scores.ofTrainings(ACCURACY, trainings);
        assertThat(mean.value()).isCloseTo(0.725, within(1e-12));
        var once = Scores.score(ACCURACY, trainings.getFirst());
        assertThat(mean.high() - mean.low()).isGreaterThan(2 * (once.high() - once.low()));
        var against =
                PairedComparison.ofTrainings(
                        ACCURACY,
                        trainings,
                        List.of(answers(200, _ -> Optional.empty(), i -> i < 130)));
        assertThat(against.difference()).isCloseTo(0.075, within(1e-12));
        assertThat(against.low()).isNegative();
        assertThat(against.high()).isGreaterThan(0.15);
    }

    @Test
    void trainingsThatSayTheSameTellNoMoreThanOne() {
        var once = answers(200, _ -> Optional.empty(), i -> i < 160);
        var mean = Scores.ofTrainings(ACCURACY, List.of(once, once, once));
        var alone = Scores.score(ACCURACY, once);
        assertThat(mean.value()).isCloseTo(alone.value(), within(1e-12));
        assertThat(mean.high() - mean.low()).isCloseTo(alone.high() - alone.low(), within(0.005));
    }

    @Test
    void otherMetricsAreDrawnByGroup() {
        var f1 = Metric.named("macro_f1", List.of("a", "b"));
        var random = new SplittableRandom(1);
        var isB = random.ints(200, 0, 2).toArray();
        var grouped = new ArrayList<Prediction>();
        var alone = new ArrayList<Prediction>();
        for (int i = 0; i < 200; i++) {
            var reference = List.of(isB[i] == 1 ? "b" : "a");
            var said = i % 100 < 70 ? reference.getFirst() : "a";
            grouped.add(new Prediction("q" + i, said, reference, byTen(i)));
            alone.add(new Prediction("q" + i, said, reference));
        }
        var byGroup = Scores.score(f1, grouped);
        var byRow = Scores.score(f1, alone);
        assertThat(byGroup.value()).isEqualTo(byRow.value());
        assertThat(byGroup.high() - byGroup.low()).isGreaterThan(byRow.high() - byRow.low());
        var pair = PairedComparison.of(f1, grouped, grouped);
        assertThat(pair.difference()).isZero();
        assertThat(pair.p()).isEqualTo(1);
    }
}
