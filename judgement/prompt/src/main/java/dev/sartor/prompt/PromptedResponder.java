package dev.sartor.prompt;

import dev.sartor.core.Answer;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.Task;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Puts a task's prompt around each question before another responder answers it. The time that takes counts to the
/// answers. Closing closes the other responder.
public final class PromptedResponder implements Responder {
    private static final double NANOSECONDS = 1e9;

    private final Task task;
    private final PromptTemplate template;
    private final ExampleSelection selection;
    private final Responder inner;

    public PromptedResponder(
            Task task, PromptTemplate template, ExampleSelection selection, Responder inner) {
        this.task = task;
        this.template = template;
        this.selection = selection;
        this.inner = inner;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        if (questions.isEmpty()) {
            return List.of();
        }
        long start = System.nanoTime();
        var prompted = prompted(questions);
        double share = (System.nanoTime() - start) / NANOSECONDS / questions.size();
        return inner.answer(prompted, progress).stream()
                .map(answer -> answer.withSeconds(answer.seconds() + share))
                .toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        long start = System.nanoTime();
        var prompted = prompted(List.of(question)).getFirst();
        double preparing = (System.nanoTime() - start) / NANOSECONDS;
        var answer = inner.stream(prompted, onText);
        return answer.withSeconds(answer.seconds() + preparing);
    }

    @Override
    public OptionalInt room(Question question) {
        return inner.room(prompted(List.of(question)).getFirst());
    }

    @Override
    public OptionalInt promptTokens(Question question) {
        return inner.promptTokens(prompted(List.of(question)).getFirst());
    }

    private List<Question> prompted(List<Question> questions) {
        var shots = selection.select(questions);
        List<Question> prompted = new ArrayList<>(questions.size());
        for (int i = 0; i < questions.size(); i++) {
            var question = questions.get(i);
            // Which examples stand there may depend on what is asked: they open no other's prompt.
            var opening = template.messages(task, question.blank(), selection.shared(), List.of());
            prompted.add(
                    question.withMessages(
                                    template.messages(task, question, shots.get(i), List.of()),
                                    Readers.ofAll(shots.get(i).stream().map(Example::readers)))
                            .withOpening(opening));
        }
        return prompted;
    }

    @Override
    public void close() {
        inner.close();
    }
}
