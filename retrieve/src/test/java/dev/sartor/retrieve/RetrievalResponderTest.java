package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalResponderTest {
    private static final Readers ANN = Readers.anyOf(List.of("user:ann"));

    @TempDir private Path cache;

    /// A responder that says what it was asked.
    private static final class Echo implements Responder {
        private boolean closed;

        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            return questions.stream().map(q -> stream(q, text -> {})).toList();
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            onText.accept(question.text());
            return new Answer(
                    question.text(),
                    Answer.Finish.STOP,
                    new Answer.Usage(1, 0, 1),
                    List.of(),
                    Map.of(),
                    1);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private PassageIndex index() {
        return PassageIndex.open(
                cache,
                Documents.of(
                        List.of(
                                Document.of("kettle", "kettle", "The kettle boils one litre", ANN),
                                Document.of(
                                        "lamp",
                                        "lamp",
                                        "The lamp of oak burns",
                                        Readers.everyone()),
                                Document.of("oak", "oak", "oak oak lamp", Readers.everyone()))),
                IndexSettings.usual(),
                Optional.empty(),
                Progress.silent());
    }

    private static Question ask(String id, Principal principal, Message... messages) {
        return new Question(
                id, List.of(messages), new AnswerForm.FreeText(8), Sampling.greedy(), principal);
    }

    private static RetrievalResponder responder(PassageIndex index, int budget, Responder inner) {
        Grounding grounding =
                (question, passages) ->
                        question.withMessages(
                                List.of(
                                        Message.user(
                                                passages.stream()
                                                                .map(Passage::text)
                                                                .collect(Collectors.joining("|"))
                                                        + "?"
                                                        + question.text())));
        return new RetrievalResponder(
                index,
                new RetrievalSettings(3, SearchMode.BM25, budget),
                HashedWords.usual()::countTokens,
                grounding,
                inner);
    }

    @Test
    void theModelGetsThePassagesAndTheAnswerNamesThem() {
        var ann = new Principal(Set.of("user:ann"));
        try (var index = index();
                var responder = responder(index, 100, new Echo())) {
            var answers =
                    responder.answer(
                            List.of(
                                    ask("1", ann, Message.user("kettle")),
                                    ask("2", Principal.local(), Message.user("kettle"))),
                            Progress.silent());
            assertThat(answers.get(0).text()).isEqualTo("The kettle boils one litre?kettle");
            assertThat(answers.get(0).passages())
                    .extracting(Passage::id)
                    .containsExactly("kettle#1");
            assertThat(answers.get(0).seconds()).isGreaterThan(1);
            assertThat(answers.get(1).text()).isEqualTo("?kettle");
            assertThat(answers.get(1).passages()).isEmpty();
        }
    }

    @Test
    void theLastUserTurnIsWhatIsLookedUp() {
        try (var index = index();
                var responder = responder(index, 100, new Echo())) {
            var question =
                    ask(
                            "1",
                            Principal.local(),
                            Message.user("kettle"),
                            Message.assistant("Which?"),
                            Message.user("lamp"));
            var pieces = new ArrayList<String>();
            var answer = responder.stream(question, pieces::add);
            assertThat(answer.passages()).extracting(Passage::document).contains("lamp");
            assertThat(String.join("", pieces)).isEqualTo(answer.text()).endsWith("?lamp");
        }
    }

    @Test
    void whatExceedsTheBudgetIsDroppedFromTheEndAndCounted() {
        try (var index = index();
                var responder = responder(index, 5, new Echo())) {
            var watched = new Watched();
            var answers =
                    responder.answer(
                            List.of(ask("1", Principal.local(), Message.user("lamp oak"))),
                            watched);
            assertThat(answers.getFirst().passages())
                    .extracting(Passage::id)
                    .containsExactly("oak#1");
            assertThat(responder.droppedPassages()).isEqualTo(1);
            assertThat(watched.lines)
                    .singleElement()
                    .asString()
                    .startsWith("1 passages did not fit");
        }
    }

    @Test
    void closingClosesTheInnerResponderAndLeavesTheIndexOpen() {
        var echo = new Echo();
        try (var index = index()) {
            responder(index, 5, echo).close();
            assertThat(echo.closed).isTrue();
            assertThat(index.search("lamp", 1, Principal.local(), SearchMode.BM25)).hasSize(1);
        }
    }
}
