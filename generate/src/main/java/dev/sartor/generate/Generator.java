package dev.sartor.generate;

import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.Decoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Completes prompts in batches: by free text, by the likelihoods of given choices, or by both from one computation of
/// the prompt. Safe for concurrent callers: their batches take turns on the engine.
final class Generator {
    private final Decoder decoder;
    private final Set<Integer> endings;

    /// @param endings tokens that end a turn
    Generator(Decoder decoder, Set<Integer> endings) {
        this.decoder = decoder;
        this.endings = Set.copyOf(endings);
    }

    /// @param prompts free text is wanted of all of them or of none
    /// @param choices tokens of each continuation that every prompt is scored with; empty for no scoring
    /// @param step advances by one for each completed prompt
    /// @throws SartorException a user's error when a prompt and its answer do not fit the model's context
    List<Completion> complete(
            List<Prompt> prompts, List<int[]> choices, Adapters adapters, Progress.Step step) {
        int longest = choices.stream().mapToInt(c -> c.length).max().orElse(0);
        prompts.forEach(prompt -> check(prompt, longest));
        var scorer =
                choices.isEmpty()
                        ? Optional.<ChoiceScorer>empty()
                        : Optional.of(new ChoiceScorer(decoder, adapters, new ChoiceTree(choices)));
        var completions = new ArrayList<Completion>(Collections.nCopies(prompts.size(), null));
        try (var shared =
                SharedPrefix.of(decoder, prompts.stream().map(Prompt::ids).toList(), adapters)) {
            for (var group :
                    BatchPlan.of(
                            prompts.size(), i -> prompts.get(i).ids().length - shared.tokens())) {
                var rows = group.stream().map(prompts::get).toList();
                var done = batch(rows, scorer, adapters, shared);
                for (int i = 0; i < group.size(); i++) {
                    completions.set(group.get(i), done.get(i));
                }
                step.advance(group.size());
            }
        }
        return completions;
    }

    private List<Completion> batch(
            List<Prompt> rows,
            Optional<ChoiceScorer> scorer,
            Adapters adapters,
            SharedPrefix shared) {
        int more = rows.stream().mapToInt(Prompt::maxTokens).max().orElse(0);
        var free = rows.stream().flatMap(prompt -> prompt.text().stream()).toList();
        long start = System.nanoTime();
        try (var prefill =
                Prefill.of(
                        decoder, adapters, shared, rows.stream().map(Prompt::ids).toList(), more)) {
            double prompted = (System.nanoTime() - start) / 1e9 / rows.size();
            long scoring = System.nanoTime();
            var scores = scorer.map(each -> each.score(prefill));
            double scored = (System.nanoTime() - scoring) / 1e9 / rows.size();
            var texts =
                    free.isEmpty() ? List.<Completion.Text>of() : texts(prefill, adapters, free);
            var done = new ArrayList<Completion>();
            for (int i = 0; i < rows.size(); i++) {
                int row = i;
                done.add(
                        new Completion(
                                texts.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(withPrompt(texts.get(row), prompted)),
                                scores.map(each ->
                                        new Completion.Choice(each[row], prompted + scored)),
                                shared.tokens()));
            }
            return done;
        }
    }

    private List<Completion.Text> texts(
            Prefill prefill, Adapters adapters, List<Prompt.Free> wanted) {
        try (var batch = new GenerationBatch(decoder, endings, adapters, prefill, wanted)) {
            return batch.run();
        }
    }

    private static Completion.Text withPrompt(Completion.Text text, double seconds) {
        return new Completion.Text(text.ids(), text.finish(), text.seconds() + seconds);
    }

    private void check(Prompt prompt, int longestChoice) {
        int more = Math.max(prompt.maxTokens(), longestChoice);
        if (prompt.ids().length + more > decoder.contextLength()) {
            throw SartorException.tooLong(
                    "the prompt has "
                            + prompt.ids().length
                            + " tokens and the answer may take "
                            + more
                            + ", together more than the model's context of "
                            + decoder.contextLength()
                            + ": shorten the message, or allow fewer tokens for the answer");
        }
    }
}
