package dev.sartor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class UngroundedTest {
    private static List<Statement> answer(int supported, int unsupported) {
        var statements = new ArrayList<Statement>();
        statements.addAll(
                Collections.nCopies(supported, new Statement("Yes.", List.of(), 1, 1, true)));
        statements.addAll(
                Collections.nCopies(unsupported, new Statement("No.", List.of(), 0, 0, false)));
        return statements;
    }

    @Test
    void everyStatementWeighsTheSameWhicheverAnswerItStandsIn() {
        var score = Ungrounded.share(List.of(answer(3, 0), answer(0, 1))).orElseThrow();
        assertThat(score.value()).isEqualTo(0.25);
        assertThat(score.count()).isEqualTo(2);
        assertThat(score.low()).isZero();
        assertThat(score.high()).isEqualTo(1);
    }

    @Test
    void answersThatStateNothingDoNotCount() {
        assertThat(Ungrounded.share(List.of(List.of(), List.of()))).isEmpty();
        assertThat(Ungrounded.share(List.of(List.of(), answer(1, 1))).orElseThrow())
                .satisfies(score -> {
                    assertThat(score.value()).isEqualTo(0.5);
                    assertThat(score.low()).isZero();
                    assertThat(score.high()).isEqualTo(1);
                });
    }

    @Test
    void theIntervalNarrowsWithMoreAnswers() {
        var few = Ungrounded.share(rows(20)).orElseThrow();
        var many = Ungrounded.share(rows(500)).orElseThrow();
        assertThat(many.value()).isEqualTo(few.value()).isEqualTo(0.2);
        assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 3);
        assertThat(many.low()).isBetween(0.14, 0.2);
    }

    private static List<List<Statement>> rows(int count) {
        var rows = new ArrayList<List<Statement>>();
        for (int i = 0; i < count; i++) {
            rows.add(i % 5 == 0 ? answer(0, 1) : answer(1, 0));
        }
        return rows;
    }
}
