package dev.sartor.compare;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.core.Role;
import dev.sartor.core.Task;
import java.util.ArrayList;
import java.util.List;

/// The prompts of a task: its instruction as the system's turn, then examples or passages, then the question. What stays
/// the same comes first, so that it is computed once for all questions.
final class TaskPrompts {
    /// Counts changes to the wording: answers to other prompts are other answers.
    static final String VERSION = "1";

    private final Task task;

    TaskPrompts(Task task) {
        this.task = task;
    }

    Question plain(Question question) {
        return question.withMessages(conversation(question.messages(), List.of()));
    }

    /// @param shots solved examples, the most alike last: what stands nearest to the question weighs most
    Question withExamples(Question question, List<Example> shots) {
        return question.withMessages(conversation(question.messages(), shots));
    }

    /// @param passages best first
    Question withPassages(Question question, List<Passage> passages) {
        if (passages.isEmpty()) {
            return plain(question);
        }
        var messages = new ArrayList<>(question.messages());
        var last = messages.removeLast();
        messages.add(new Message(last.role(), quoted(passages) + "Question: " + last.content()));
        return question.withMessages(conversation(messages, List.of()));
    }

    private static String quoted(List<Passage> passages) {
        var text = new StringBuilder();
        for (var passage : passages) {
            var section = passage.section().isEmpty() ? passage.document() : passage.section();
            text.append(section).append('\n').append(passage.text().strip()).append("\n\n");
        }
        return text.toString();
    }

    private List<Message> conversation(List<Message> asked, List<Example> shots) {
        var messages = new ArrayList<Message>();
        var own = asked.getFirst().role() == Role.SYSTEM ? asked.getFirst().content() + "\n\n" : "";
        messages.add(Message.system(own + instruction()));
        for (var shot : shots) {
            shot.input().stream().filter(turn -> turn.role() != Role.SYSTEM).forEach(messages::add);
            messages.add(Message.assistant(shot.reference()));
        }
        asked.stream().filter(turn -> turn.role() != Role.SYSTEM).forEach(messages::add);
        return messages;
    }

    private String instruction() {
        var text = new StringBuilder(task.instruction().strip());
        if (task.isClassification()) {
            text.append("\nAnswer with one of these labels and nothing else: ")
                    .append(String.join(", ", task.labels()))
                    .append('.');
        }
        task.unanswerable()
                .ifPresent(words ->
                        text.append("\nIf the answer is not known, answer: ").append(words));
        return text.toString();
    }
}
