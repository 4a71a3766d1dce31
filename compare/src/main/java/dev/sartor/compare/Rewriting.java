package dev.sartor.compare;

import dev.sartor.core.Answer;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Puts a prompt around each question before another responder answers it. Time taken by that counts to the answers.
/// Closing closes the other responder.
record Rewriting(UnaryOperator<List<Question>> prompt, Responder inner) implements Responder {
    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        if (questions.isEmpty()) {
            return List.of();
        }
        long start = System.nanoTime();
        var prompted = prompt.apply(questions);
        double share = (System.nanoTime() - start) / 1e9 / questions.size();
        return inner.answer(prompted, progress).stream()
                .map(answer -> answer.withSeconds(answer.seconds() + share))
                .toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return inner.stream(prompt.apply(List.of(question)).getFirst(), onText);
    }

    @Override
    public void close() {
        inner.close();
    }
}
