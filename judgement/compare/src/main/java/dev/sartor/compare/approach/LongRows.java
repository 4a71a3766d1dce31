package dev.sartor.compare.approach;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Problems;
import dev.sartor.core.Question;
import dev.sartor.core.Task;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.PassageOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Finds the rows whose prompt no model's window holds, without loading the model.
record LongRows(TaskSettings settings, ModelWindow window) {
    /// Adds each test or validation row that is too long even with no example and no passage before it. What the model's own
    /// chat template writes around the messages is not counted: a row that is named does not fit in any case.
    void check(TaskExamples data, Problems problems) {
        Stream.concat(data.validation().stream(), data.test().stream())
                .forEach(example -> check(data.task(), example, problems));
    }

    private void check(Task task, Example example, Problems problems) {
        int answer = task.maxAnswerTokens();
        var question = Question.of(example, task.form());
        var messages =
                settings.content().messages(task, question, List.of(), PassageOrder.BEST_FIRST);
        // A token is a byte at least, so that a short row need not be cut into tokens.
        if (bytes(messages) + answer <= window.tokens()) {
            return;
        }
        int prompt =
                messages.stream().mapToInt(each -> window.count().applyAsInt(each.content())).sum();
        if (prompt + answer > window.tokens()) {
            problems.add(
                    example.origin().toString(),
                    String.format(
                            Locale.ROOT,
                            "its prompt%s takes %,d tokens and the answer up to %,d, together more than the %,d that %s reads at once. Shorten the row, or lower max_answer_tokens of task '%s'.",
                            settings.prompts().isEmpty()
                                    ? ""
                                    : " in version " + settings.content().id(),
                            prompt,
                            answer,
                            window.tokens(),
                            window.model(),
                            settings.name()));
        }
    }

    private static long bytes(List<Message> messages) {
        return messages.stream()
                .mapToLong(each -> each.content().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
