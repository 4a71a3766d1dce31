package dev.sartor.compare.cascade;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Asks the first, and where its confidence is too low, the second. Closing it closes both.
public final class CascadeResponder implements Responder {
    private final Responder first;
    private final Responder second;
    private final double threshold;

    /// @param first whose answers have a calibrated confidence
    /// @param threshold the least confidence at which the first's answer stands
    public CascadeResponder(Responder first, Responder second, double threshold) {
        this.first = first;
        this.second = second;
        this.threshold = threshold;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        var answers = new ArrayList<>(first.answer(questions, progress));
        var open = new ArrayList<Integer>();
        for (int i = 0; i < questions.size(); i++) {
            if (!isSure(answers.get(i))) {
                open.add(i);
            }
        }
        if (!open.isEmpty()) {
            var again = second.answer(open.stream().map(questions::get).toList(), progress);
            for (int i = 0; i < open.size(); i++) {
                int at = open.get(i);
                answers.set(at, after(again.get(i), answers.get(at)));
            }
        }
        return answers;
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        var quick = first.stream(question, _ -> {});
        if (isSure(quick)) {
            onText.accept(quick.text());
            return quick;
        }
        return after(second.stream(question, onText), quick);
    }

    private boolean isSure(Answer answer) {
        return answer.confidence().orElse(0) >= threshold;
    }

    private static Answer after(Answer answer, Answer quick) {
        return answer.withSeconds(quick.seconds() + answer.seconds());
    }

    @Override
    public OptionalInt room(Question question) {
        return second.room(question);
    }

    /// Whichever of both reads more: the usage of an answer is that of who gave it.
    @Override
    public OptionalInt promptTokens(Question question) {
        var quick = first.promptTokens(question);
        var dear = second.promptTokens(question);
        return quick.isPresent() && dear.isPresent()
                ? OptionalInt.of(Math.max(quick.getAsInt(), dear.getAsInt()))
                : OptionalInt.empty();
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
