package dev.sartor.generate;

import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import dev.sartor.model.Decoder;
import dev.sartor.model.LoraAdapter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Completes prompts in batches. Safe for concurrent callers: their batches take turns on the engine.
final class Generator {
    private final Decoder decoder;
    private final Set<Integer> endings;

    /// @param endings tokens that end a turn
    Generator(Decoder decoder, Set<Integer> endings) {
        this.decoder = decoder;
        this.endings = Set.copyOf(endings);
    }

    /// @param step advances by one for each completed prompt
    /// @throws SartorException a user's error when a prompt and its answer do not fit the model's context
    List<Completion> complete(
            List<Prompt> prompts, Optional<LoraAdapter> adapter, Progress.Step step) {
        prompts.forEach(this::check);
        var completions = new ArrayList<Completion>(Collections.nCopies(prompts.size(), null));
        try (var shared =
                SharedPrefix.of(decoder, prompts.stream().map(Prompt::ids).toList(), adapter)) {
            var plan =
                    BatchPlan.of(
                            prompts.size(), i -> prompts.get(i).ids().length - shared.tokens());
            for (var group : plan) {
                long start = System.nanoTime();
                try (var batch =
                        new GenerationBatch(
                                decoder,
                                endings,
                                adapter,
                                shared,
                                group.stream().map(prompts::get).toList())) {
                    var done = batch.run();
                    double seconds = (System.nanoTime() - start) / 1e9 / group.size();
                    for (int i = 0; i < group.size(); i++) {
                        var c = done.get(i);
                        completions.set(
                                group.get(i),
                                new Completion(c.ids(), c.finish(), c.cachedTokens(), seconds));
                    }
                }
                step.advance(group.size());
            }
        }
        return completions;
    }

    private void check(Prompt prompt) {
        int needed = prompt.ids().length + prompt.maxTokens();
        if (needed > decoder.contextLength()) {
            throw SartorException.user(
                    "the prompt has "
                            + prompt.ids().length
                            + " tokens and the answer may take "
                            + prompt.maxTokens()
                            + ", together more than the model's context of "
                            + decoder.contextLength()
                            + ": shorten the message, or allow fewer tokens for the answer");
        }
    }
}
