package dev.sartor.telemetry;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.core.work.Retrieval;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Says what it is told, a word at a time, after it has looked two passages up and left one out. Refuses ten words and more.
final class Speaker implements Responder {
    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(question -> stream(question, _ -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        var words = question.text().split(" ", -1);
        long start = System.nanoTime();
        new Retrieval(start, System.nanoTime(), 2, 1).tell();
        if (words.length >= 10) {
            throw SartorException.tooLong("the prompt '" + question.text() + "' is too long");
        }
        onText.accept("");
        for (var word : words) {
            onText.accept(word + " ");
        }
        return new Answer(
                question.text() + " ",
                Answer.Finish.STOP,
                new Answer.Usage(words.length + 2, 1, words.length),
                List.of(),
                Map.of(),
                List.of(),
                0.01);
    }

    @Override
    public void close() {}
}
