package dev.sartor.suite.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.core.Origin;
import dev.sartor.data.ObjectRow;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Proportions;
import dev.sartor.suite.TaskResult;
import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import dev.sartor.suite.score.ItemAnswer;
import dev.sartor.suite.task.BenchmarkItem;
import dev.sartor.suite.task.BenchmarkTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeaderboardTest {
    private static final BenchmarkItem ITEM = item();

    private static BenchmarkItem item() {
        var fields = Json.mapper().readTree("{\"passage\":\"p\",\"question\":\"q\",\"label\":1}");
        var dataset = new Dataset("none", "test", "train", List.of());
        return BenchmarkTasks.named(List.of("boolq"))
                .getFirst()
                .item(new BenchmarkRow(new ObjectRow(new Origin("f", 1), fields), dataset));
    }

    /// @param right of each item, 0 or 1
    private static Contender contender(String name, long bytes, double... right) {
        var task = BenchmarkTasks.named(List.of("boolq")).getFirst();
        var answers = new ArrayList<ItemAnswer>();
        for (double each : right) {
            answers.add(
                    new ItemAnswer(
                            ITEM,
                            new double[0],
                            new boolean[0],
                            Optional.empty(),
                            Map.of(),
                            Map.of("acc,none", each),
                            5));
        }
        return new Contender(
                name, bytes, OptionalLong.of(1), List.of(new TaskResult(task, 0, answers, 2)));
    }

    /// @param wrong every so many-th is wrong
    private static double[] rightBut(int wrong, int count) {
        var right = new double[count];
        Arrays.setAll(right, i -> i % wrong == 0 ? 0 : 1);
        return right;
    }

    @Test
    void theSmallestOfThoseThatAreShownToBeAsGoodIsNamed() {
        var board =
                Leaderboard.of(
                        List.of(
                                contender("small", 10, rightBut(20, 1000)),
                                contender("large", 90, rightBut(25, 1000)),
                                contender("tiny", 1, rightBut(2, 1000))),
                        0.05);
        assertThat(board.best().contender().name()).isEqualTo("large");
        assertThat(board.smallest().orElseThrow().contender().name()).isEqualTo("small");
        assertThat(board.ranking())
                .extracting(Leaderboard.Ranked::isGoodEnough)
                .containsExactly(true, true, false);
    }

    @Test
    void withFewItemsNobodyIsShownToBeAsGood() {
        var board =
                Leaderboard.of(
                        List.of(
                                contender("small", 10, 1, 0, 1, 1, 0),
                                contender("large", 90, 1, 1, 0, 1, 1)),
                        0.05);
        assertThat(board.smallest()).isEmpty();
    }

    @Test
    void speedIsTokensBySecond() {
        assertThat(contender("one", 1, 1, 0, 1, 1).tokensPerSecond()).isEqualTo(10);
    }

    @Test
    void ofOneTaskTheIntervalsAreThoseOfShares() {
        var first = rightBut(4, 100);
        var second = rightBut(3, 100);
        var wilson = Proportions.wilson(75, 100);
        assertThat(TaskMean.of(List.of(first)).interval().low())
                .isCloseTo(wilson.low(), within(1e-12));
        var newcombe = PairedComparison.intervalOfShares(first, second, 0.01);
        var difference = TaskMean.difference(List.of(first), List.of(second), 0.01);
        assertThat(difference.interval().low()).isCloseTo(newcombe.low(), within(1e-12));
        assertThat(difference.interval().high()).isCloseTo(newcombe.high(), within(1e-12));
    }

    /// Two tasks of the same distances: 1/√2 of them.
    @Test
    void tasksCountAlikeAndTheirDistancesAreSquaredAndAdded() {
        var one = TaskMean.of(List.of(rightBut(4, 100)));
        var two = TaskMean.of(List.of(rightBut(4, 100), rightBut(4, 100)));
        assertThat(two.value()).isCloseTo(0.75, within(1e-12));
        assertThat(two.interval().high() - 0.75)
                .isCloseTo((one.interval().high() - 0.75) / Math.sqrt(2), within(1e-12));
    }
}
