package dev.sartor.generate;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.schedule.ChoiceTree;
import dev.sartor.generate.schedule.Completion;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.generate.schedule.RowListener;
import dev.sartor.generate.schedule.Scheduler;
import dev.sartor.generate.schedule.TextRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/// Completes prompts: by free text, by the likelihoods of given choices, or by both from one computation of the prompt.
/// Safe for concurrent callers: their prompts run side by side. A caller waits on its own thread, and its texts' tokens are
/// told there.
public final class Generator {
    private final Scheduler scheduler;
    private final int context;
    private final AdapterSlots slots;

    /// @param context the most tokens of prompt and answer together
    public Generator(Scheduler scheduler, int context, AdapterSlots slots) {
        this.scheduler = scheduler;
        this.context = context;
        this.slots = slots;
    }

    /// @param choices tokens of each continuation that every prompt is scored with; empty for no scoring
    /// @param step advances by one for each completed prompt
    /// @return in the order of the prompts; what an interrupt of the caller ends is marked as cancelled
    /// @throws SartorException a user's error when a prompt and its answer do not fit the model's context
    public List<Completion> complete(
            List<Prompt> prompts, List<int[]> choices, Progress.Step step) {
        return complete(
                prompts,
                choices,
                choices.isEmpty() ? Optional.empty() : Optional.of(new ChoiceTree(choices)),
                step);
    }

    /// Scores choices alone, as {@link #complete}; {@link Completion#greedy} says which of them the model would say itself.
    ///
    /// @param choices at least one
    public List<Completion> scoreWithGreedy(
            List<Prompt> prompts, List<int[]> choices, Progress.Step step) {
        return complete(prompts, choices, Optional.of(new ChoiceTree(choices, true)), step);
    }

    private List<Completion> complete(
            List<Prompt> prompts,
            List<int[]> choices,
            Optional<ChoiceTree> tree,
            Progress.Step step) {
        // A choice's last token is predicted, never read.
        int longest = choices.stream().mapToInt(c -> c.length - 1).max().orElse(0);
        prompts.forEach(prompt -> check(prompt, longest));
        try (var lease = slots.take()) {
            return run(
                    prompts.stream().map(prompt -> prompt.in(lease.slot())).toList(), tree, step);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return prompts.stream().map(Completion::cancelled).toList();
        }
    }

    private List<Completion> run(
            List<Prompt> prompts, Optional<ChoiceTree> tree, Progress.Step step)
            throws InterruptedException {
        var events = new LinkedBlockingQueue<BooleanSupplier>();
        var rows = new ArrayList<RowListener>();
        for (var prompt : prompts) {
            var listener = new RowListener(prompt, events);
            var row = new TextRow(prompt, tree, listener);
            check(row);
            listener.listenTo(row);
            rows.add(listener);
        }
        rows.forEach(listener -> scheduler.submit(listener.row()));
        try {
            for (int open = rows.size(); open > 0; ) {
                if (events.take().getAsBoolean()) {
                    open--;
                    step.advance(1);
                }
            }
        } finally {
            rows.forEach(RowListener::stop); // of those that are done nothing is left to stop
        }
        return rows.stream().map(RowListener::completion).toList();
    }

    private void check(Prompt prompt, int longestChoice) {
        int more = Math.max(prompt.maxTokens(), longestChoice);
        if ((long) prompt.ids().length + more > context) {
            throw SartorException.tooLong(
                    "the prompt has "
                            + prompt.ids().length
                            + " tokens and the answer may take "
                            + more
                            + ", together more than the model's context of "
                            + context
                            + ": shorten the message, or allow fewer tokens for the answer");
        }
    }

    private void check(TextRow row) {
        if (row.room() > scheduler.mostTokens()) {
            throw SartorException.missing(
                    "the prompt and its answer need keys and values of "
                            + row.room()
                            + " tokens, and there is memory for "
                            + scheduler.mostTokens()
                            + ": shorten the message, or allow fewer tokens for the answer");
        }
    }
}
