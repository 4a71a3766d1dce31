package dev.sartor.promptsearch.proposal;

import dev.sartor.core.Example;
import dev.sartor.core.SartorException;
import dev.sartor.core.Split;
import dev.sartor.core.Task;
import dev.sartor.evaluate.Prediction;
import dev.sartor.promptsearch.answer.Answers;
import dev.sartor.promptsearch.answer.Proposer;
import dev.sartor.promptsearch.answer.SearchedPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/// Instructions by reflection (GEPA, Agrawal et al. 2025, algorithm 1): a contender is drawn, answers a few training examples, and a model is shown
/// its mistakes and asked for a better instruction. What does no better on the same few examples is not raced.
public final class Reflections implements DraftSource {
    private static final int MINIBATCH = 6;

    private final Task task;
    private final List<Example> training;
    private final Answers answers;
    private final Proposer proposer;
    private final Random chance;
    private final long seed;
    private int left;
    private int made;

    /// @param most how many are tried
    public Reflections(
            Task task,
            List<Example> training,
            Answers answers,
            Proposer proposer,
            int most,
            long seed) {
        this.task = task;
        this.training = training;
        this.answers = answers;
        this.proposer = proposer;
        this.left = most;
        this.seed = seed;
        this.chance = new Random(seed);
    }

    @Override
    public Optional<Draft> next(Pool pool) {
        while (left > 0) {
            left--;
            made++;
            var parent = pool.drawn(chance);
            var few = few(parent.prompt());
            try {
                if (!answers.ask(parent.prompt(), Split.TRAIN, few)) {
                    return Optional.empty();
                }
                var wrong = wrong(parent.prompt(), few);
                if (!wrong.isEmpty()) {
                    var draft = proposed(pool, parent, few, wrong);
                    if (draft.isPresent()) {
                        return draft;
                    }
                }
            } catch (SartorException e) {
                if (!e.isTooLong()) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Draft> proposed(
            Pool pool, Contender parent, List<Example> few, List<Prediction> wrong) {
        var texts = few.stream().collect(Collectors.toMap(Example::id, Example::text));
        var request = ReflectionText.request(task, parent.prompt().instruction(), wrong, texts);
        return answers.propose(proposer, request, seed + made)
                .flatMap(ReflectionText::instruction)
                .map(parent.prompt()::withInstruction)
                .filter(pool::isNew)
                .flatMap(child -> screened(parent, child, few));
    }

    private Optional<Draft> screened(Contender parent, SearchedPrompt child, List<Example> few) {
        if (!answers.ask(child, Split.TRAIN, few)) {
            return Optional.empty();
        }
        double before = sum(parent.prompt(), few);
        double after = sum(child, few);
        var rejected =
                after > before
                        ? Optional.<String>empty()
                        : Optional.of(
                                String.format(
                                        Locale.ROOT,
                                        "no better on %d training examples: %.1f right, %.1f before",
                                        few.size(),
                                        after,
                                        before));
        return Optional.of(new Draft(parent.id(), "reflection", child, rejected));
    }

    private double sum(SearchedPrompt prompt, List<Example> few) {
        return Arrays.stream(answers.values(prompt, Split.TRAIN, few)).sum();
    }

    private List<Prediction> wrong(SearchedPrompt prompt, List<Example> few) {
        var said = answers.predictions(prompt, Split.TRAIN, few);
        var values = answers.values(prompt, Split.TRAIN, few);
        var wrong = new ArrayList<Prediction>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 1) {
                wrong.add(said.get(i));
            }
        }
        return wrong;
    }

    /// Some that do not stand solved in the prompt.
    private List<Example> few(SearchedPrompt prompt) {
        var free = new ArrayList<>(training);
        free.removeIf(each -> prompt.examples().contains(each.id()));
        Collections.shuffle(free, chance);
        return free.subList(0, Math.min(MINIBATCH, free.size()));
    }
}
