package dev.sartor.cli;

import dev.sartor.core.Answer;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A model that says what it was asked, or one thing only.
///
/// @param passages that it names as its sources
public record LeakEcho(Optional<String> said, Supplier<List<Passage>> passages)
        implements Responder {
    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(question -> stream(question, _ -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        var text = said.orElse(question.text());
        onText.accept(text);
        return new Answer(
                text, Answer.Finish.STOP, new Answer.Usage(1, 0, 1), passages.get(), Map.of(), 0);
    }

    @Override
    public void close() {}
}
