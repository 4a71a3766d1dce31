package dev.sartor.promptsearch.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import dev.sartor.promptsearch.Rows;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TokenBoundTest {
    private static final Question QUESTION =
            Question.of(Rows.of("test", 1).getFirst(), Rows.TASK.form());

    /// @param room of a label; empty as of a remote model
    private record Fixed(OptionalInt room) implements Responder {
        @Override
        public OptionalInt room(Question question) {
            boolean isLabel = question.form() instanceof AnswerForm.OneOf;
            return room.isEmpty() || isLabel ? room : OptionalInt.of(room.getAsInt() + 2);
        }

        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            throw new AssertionError("nobody is asked");
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            throw new AssertionError("nobody is asked");
        }

        @Override
        public void close() {}
    }

    @Test
    void ofARemoteModelATokenIsAByteAtLeast() {
        var bound = new TokenBound(new Fixed(OptionalInt.empty()));
        assertThat(bound.most(QUESTION)).isGreaterThan(QUESTION.text().length() + 32L);
        assertThat(bound.isSettled(QUESTION)).isTrue();
    }

    @Test
    void aLocalModelCountsExactlyOnceItHasAnswered() {
        var bound = new TokenBound(new Fixed(OptionalInt.of(70))); // a label takes 3 tokens
        long before = bound.most(QUESTION);
        assertThat(bound.isSettled(QUESTION)).isFalse();
        bound.learn(QUESTION, 27);
        assertThat(bound.most(QUESTION)).isEqualTo(30).isLessThan(before); // of a context of 100
        assertThat(bound.isSettled(QUESTION)).isTrue();
    }
}
