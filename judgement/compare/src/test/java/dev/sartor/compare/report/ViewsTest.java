package dev.sartor.compare.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.run.Trial;
import dev.sartor.compare.verdict.TaskFailures;
import dev.sartor.compare.verdict.TaskResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.util.DefaultLocale;

class ViewsTest {
    /// Of labels: nothing is told.
    private static final TaskFailures NOTHING_WRONG = new TaskFailures(1, Map.of());

    private static TaskResult result() {
        return Trial.withMargin(0.05)
                .with("cheap", 60, i -> i % 3 != 0, 1, 0)
                .with("best", 60, i -> i % 10 != 1, 2, 0)
                .result();
    }

    @Test
    void theMatrixCountsTheNamedCandidatesAnswersByRightLabel() {
        var result = result();
        var matrix = MatrixView.of(result).orElseThrow();
        assertThat(matrix.candidate()).isEqualTo(result.verdict().candidate());
        assertThat(matrix.labels()).containsExactly("a", "b");
        // Six of the thirty b's are answered a, and every a is right.
        assertThat(matrix.rows())
                .extracting(row -> row.cells().stream().map(MatrixView.Cell::count).toList())
                .containsExactly(List.of(30, 0), List.of(6, 24));
        assertThat(matrix.rows())
                .as("an answer is right or of the other label")
                .allSatisfy(row -> assertThat(row.precision() + row.recall()).contains("%"));
        assertThat(matrix.rows().getFirst().cells().getFirst().share()).isEqualTo(1);
        assertThat(matrix.rows().getLast().cells().getLast().isRight()).isTrue();
    }

    @Test
    void disputesTakeEveryPatternInTurnAndNoneOnWhichAllAgree() {
        var disputes = DisputeView.of(result(), NOTHING_WRONG);
        assertThat(disputes).hasSize(10);
        assertThat(disputes)
                .allSatisfy(each ->
                        assertThat(each.said())
                                .extracting(DisputeView.Said::mark)
                                .doesNotHaveDuplicates());
        // cheap alone is wrong on 18 examples, best alone on 4: the commoner pattern first, then
        // one of each in turn.
        assertThat(disputes.stream().limit(4).map(each -> each.said().getFirst().mark()))
                .containsExactly("wrong", "right", "wrong", "right");
    }

    @Test
    void candidatesThatAgreeOnEverythingHaveNoDisputes() {
        var result =
                Trial.withMargin(0.05)
                        .with("one", 10, i -> i != 3, 1, 0)
                        .with("other", 10, i -> i != 3, 2, 0)
                        .result();
        assertThat(DisputeView.of(result, NOTHING_WRONG)).isEmpty();
    }

    @Test
    void theChartsHoldWhatTheTablesHold() {
        var result = result();
        var points = ChartPoints.of(result);
        assertThat(points.costs())
                .extracting(ChartPoints.Point::name)
                .containsExactly("cheap", "best");
        assertThat(points.costs().getFirst().cost())
                .isEqualTo(result.costPerThousand(result.candidate("cheap")));
        assertThat(points.costs()).filteredOn(ChartPoints.Point::chosen).hasSize(1);
        assertThat(points.curve()).isEmpty();
    }

    @Test
    void theTablesSayWhichIsBestAndHowFarTheOthersAre() {
        var view = TaskView.of(result(), NOTHING_WRONG);
        assertThat(view.scores())
                .extracting(TaskView.ScoreRow::toBest)
                .containsExactly("−23.3", "best");
        assertThat(view.scores().getFirst().interval()).isEqualTo("0.541–0.773");
        assertThat(view.scores().getFirst().also()).contains("macro F1 0.667", "free text 0.667");
        assertThat(view.costs().getFirst().perThousand()).isEqualTo("1.00");
        assertThat(view.rule())
                .isEqualTo(
                        "Good enough is shown to be less than 5 points below every other candidate (5 % error over all of them).");
    }

    @Test
    @DefaultLocale("de-DE")
    void theTablesFiguresHavePointsInEveryLanguageOfTheMachine() {
        var costs = TaskView.of(result(), NOTHING_WRONG).costs();
        assertThat(costs)
                .extracting(row -> row.answerTokens())
                .allSatisfy(tokens -> assertThat(tokens).matches("\\d+\\.\\d"));
    }
}
