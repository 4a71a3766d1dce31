package dev.sartor.prompt;

import static dev.sartor.prompt.Samples.example;
import static dev.sartor.prompt.Samples.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PromptedResponderTest {
    /// Says how many messages it was sent, and keeps the questions.
    private static final class Counting implements Responder {
        final List<Question> asked = new ArrayList<>();
        boolean isClosed;

        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            return questions.stream().map(question -> stream(question, _ -> {})).toList();
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            asked.add(question);
            var text = String.valueOf(question.messages().size());
            onText.accept(text);
            return new Answer(
                    text, Answer.Finish.STOP, new Answer.Usage(1, 0, 1), List.of(), Map.of(), 1.0);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private final Counting inner = new Counting();

    @Test
    void zeroShotAsksWithTheTasksInstruction() {
        var responder =
                new PromptedResponder(
                        Samples.ROUTE, PromptTemplate.standard(), ExampleSelection.none(), inner);
        var question = question("No power");
        assertThat(responder.answer(List.of(question), Progress.silent()))
                .extracting(Answer::text)
                .containsExactly("2");
        var sent = inner.asked.getFirst();
        assertThat(sent.messages().getLast()).isEqualTo(Message.user("No power"));
        assertThat(sent.opening()).containsExactly(sent.messages().getFirst(), Message.user(""));
        assertThat(
                        sent.withMessages(question.messages(), Readers.everyone())
                                .withOpening(List.of()))
                .isEqualTo(question);
    }

    @Test
    void fewShotShowsEachQuestionItsOwnExamplesInTheOrderOfTheQuestions() {
        var examples =
                List.of(example("1", "no power", "battery"), example("2", "it squeaks", "repair"));
        var selection = ExampleVectors.of(new WordEmbedder(), examples).nearest(1);
        var responder =
                new PromptedResponder(Samples.ROUTE, PromptTemplate.standard(), selection, inner);
        var questions = List.of(question("squeaks badly"), question("power gone"));
        assertThat(responder.answer(questions, Progress.silent()))
                .allSatisfy(answer -> assertThat(answer.seconds()).isGreaterThan(1.0))
                .extracting(Answer::text)
                .containsExactly("4", "4");
        assertThat(inner.asked)
                .extracting(sent -> sent.messages().get(2).content())
                .containsExactly("repair", "battery");
        assertThat(inner.asked).allSatisfy(sent -> assertThat(sent.opening()).hasSize(2));
    }

    @Test
    void aStreamedAnswerIsPromptedAlike() {
        var responder =
                new PromptedResponder(
                        Samples.ROUTE, PromptTemplate.standard(), ExampleSelection.none(), inner);
        var pieces = new ArrayList<String>();
        var answer = responder.stream(question("No power"), pieces::add);
        assertThat(pieces).containsExactly("2");
        assertThat(answer.text()).isEqualTo("2");
        responder.answer(List.of(question("No power")), Progress.silent());
        assertThat(inner.asked.get(0)).isEqualTo(inner.asked.get(1));
    }

    @Test
    void noQuestionsAskNobodyAndClosingClosesTheOther() {
        var responder =
                new PromptedResponder(
                        Samples.ROUTE, PromptTemplate.standard(), ExampleSelection.none(), inner);
        assertThat(responder.answer(List.of(), Progress.silent())).isEmpty();
        responder.close();
        assertThat(inner.asked).isEmpty();
        assertThat(inner.isClosed).isTrue();
    }
}
