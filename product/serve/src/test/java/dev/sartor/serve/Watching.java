package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.function.Consumer;

/// A responder in front of which somebody is told each time it is asked.
record Watching(Responder behind, Runnable onQuestion) implements Responder {
    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        onQuestion.run();
        return behind.answer(questions, progress);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        onQuestion.run();
        return behind.stream(question, onText);
    }

    @Override
    public void close() {
        behind.close();
    }
}
