package dev.sartor.evaluate.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Reranker;
import dev.sartor.data.JudgedPassages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelevanceScoresTest {
    /// What a passage scores stands in it.
    private static final Reranker READING = new Reading();

    private static JudgedPassages judged(List<String> relevant, List<String> others) {
        return new JudgedPassages("question", relevant, others);
    }

    @Test
    void passagesAreCountedOnTheSideThatTheyAreOn() {
        var scores =
                RelevanceScores.of(
                        READING,
                        List.of(
                                judged(List.of("2", "-1", "0"), List.of("1", "-3")),
                                judged(List.of("4"), List.of("0", "-1", "3"))));
        assertThat(scores.relevant()).isEqualTo(4);
        assertThat(scores.relevantRight()).isEqualTo(2);
        assertThat(scores.others()).isEqualTo(5);
        assertThat(scores.othersRight()).isEqualTo(3);
    }

    @Test
    void theOrderIsTheMeanGainOfTheQuestions() {
        var first = judged(List.of("2"), List.of("1"));
        var second = judged(List.of("1"), List.of("2"));
        var scores = RelevanceScores.of(READING, List.of(first, second));
        double behind = Math.log(2) / Math.log(3);
        assertThat(scores.order().metric()).isEqualTo("ndcg@10");
        assertThat(scores.order().value()).isCloseTo((1 + behind) / 2, within(1e-12));
        assertThat(scores.order().count()).isEqualTo(2);
        assertThat(scores.order().low()).isCloseTo(behind, within(1e-12));
        assertThat(scores.order().high()).isCloseTo(1, within(1e-12));
    }

    @Test
    void oneQuestionSaysNothingAboutOthers() {
        var one = judged(List.of("1"), List.of("2"));
        var order = RelevanceScores.of(READING, List.of(one)).order();
        assertThat(order.value()).isCloseTo(Math.log(2) / Math.log(3), within(1e-12));
        assertThat(order.low()).isZero();
        assertThat(order.high()).isEqualTo(1);
    }

    @Test
    void questionsWithPassagesOfOneKindHaveNoOrderButAreCounted() {
        var both = judged(List.of("1"), List.of("0"));
        var answering = judged(List.of("1", "2"), List.of());
        var others = judged(List.of(), List.of("1"));
        var scores = RelevanceScores.of(READING, List.of(both, answering, others));
        assertThat(scores.order().count()).isEqualTo(1);
        assertThat(scores.order().value()).isEqualTo(1);
        assertThat(scores.relevantRight()).isEqualTo(3);
        assertThat(scores.others()).isEqualTo(2);
        assertThat(RelevanceScores.canBeOrdered(both)).isTrue();
        assertThat(RelevanceScores.canBeOrdered(answering)).isFalse();
        assertThat(RelevanceScores.canBeOrdered(others)).isFalse();
    }

    private static final class Reading implements Reranker {
        @Override
        public String name() {
            return "reading";
        }

        @Override
        public List<Double> scores(String question, List<String> passages) {
            var scores = new ArrayList<Double>();
            passages.forEach(passage -> scores.add(Double.valueOf(passage)));
            return scores;
        }

        @Override
        public void close() {}
    }
}
