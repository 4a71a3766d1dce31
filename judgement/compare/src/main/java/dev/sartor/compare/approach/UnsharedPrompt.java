package dev.sartor.compare.approach;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// For a prompt that not everyone may read: what it begins with is not computed once for all askers, and that only some may read it goes along. Closing closes the
/// other responder.
record UnsharedPrompt(Responder inner, Readers readers) implements Responder {
    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return inner.answer(questions.stream().map(this::unshared).toList(), progress);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return inner.stream(unshared(question), onText);
    }

    @Override
    public OptionalInt room(Question question) {
        return inner.room(question);
    }

    @Override
    public OptionalInt promptTokens(Question question) {
        return inner.promptTokens(question);
    }

    private Question unshared(Question question) {
        return question.withOpening(List.of()).readableBy(readers);
    }

    @Override
    public void close() {
        inner.close();
    }
}
