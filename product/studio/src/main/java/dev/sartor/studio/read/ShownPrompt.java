package dev.sartor.studio.read;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Pages;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.project.Project;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a candidate was shown with a question, made anew from the prompt's version and the passages that are kept with its answer.
///
/// @param messages before the model's chat template; empty where they cannot be made anew
/// @param note why not, or what is missing among them; empty where they are whole
public record ShownPrompt(List<Message> messages, String note) {
    public ShownPrompt {
        messages = List.copyOf(messages);
    }

    /// @param folder the project's
    public static ShownPrompt of(Project project, Path folder, Run run, StoredAnswer answer) {
        var id = run.promptVersion();
        if (id.isEmpty()) {
            return new ShownPrompt(
                    List.of(),
                    "This candidate is shown no prompt: it reads the question as it is.");
        }
        var settings = project.task(run.task());
        var content = settings.flatMap(task -> content(task, folder, id.get()));
        if (content.isEmpty()) {
            return new ShownPrompt(
                    List.of(),
                    "The prompt has changed since: its version "
                            + id.get()
                            + " is not among the project's any more.");
        }
        try {
            return new ShownPrompt(
                    messages(settings.orElseThrow(), content.get(), run, answer), note(run));
        } catch (SartorException e) {
            return new ShownPrompt(List.of(), String.valueOf(e.getMessage()));
        }
    }

    private static Optional<PromptContent> content(TaskSettings task, Path folder, String id) {
        if (task.content().id().equals(id)) {
            return Optional.of(task.content());
        }
        var versions = PromptVersions.of(folder, task.name());
        return versions.ids().contains(id)
                ? Optional.of(versions.read(id).content())
                : Optional.empty();
    }

    private static List<Message> messages(
            TaskSettings task, PromptContent content, Run run, StoredAnswer answer) {
        var question =
                new Question(
                        answer.id(),
                        List.of(Message.user(answer.question())),
                        new AnswerForm.FreeText(task.maxAnswerTokens()),
                        Sampling.greedy(),
                        Principal.local());
        var passages = answer.passages().stream().map(ShownPrompt::passage).toList();
        var order = run.setup().shown().map(Run.Shown::order).orElse(PassageOrder.BEST_FIRST);
        return content.template().grounded(task.with(content).task(), question, passages, order);
    }

    private static Passage passage(StoredAnswer.Found found) {
        return new Passage(
                "",
                found.document(),
                found.section(),
                found.text(),
                found.score(),
                new Readers(found.readers()),
                found.pages().orElseGet(Pages::none),
                found.language().orElse(""));
    }

    private static String note(Run run) {
        return Approach.of(run.recipe().approach()).showsTraining()
                ? "Solved examples stood before the question as well; which, is not kept with the answer."
                : "";
    }
}
