package dev.sartor.suite.score;

import dev.sartor.core.Answer;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.AnswerText;
import dev.sartor.generate.Generator;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.suite.task.BenchmarkItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A model that items are asked of, without its chat template. Safe for concurrent callers, whose items are computed side by side.
public final class BenchmarkModel {
    private final LanguageModel model;
    private final Generator generator;
    private final BenchmarkTokens tokens;

    /// @param model stays the caller's
    public BenchmarkModel(LanguageModel model) {
        this.model = model;
        this.generator = model.generator();
        this.tokens = new BenchmarkTokens(model.tokenizer(), model.contextLength());
    }

    /// @param before what stands before the item
    /// @throws SartorException a user's error that names the item's row where the item cannot be asked of this model
    public ItemAnswer answer(BenchmarkItem item, String before) {
        try {
            return switch (item) {
                case BenchmarkItem.Scored scored -> scored(scored, before);
                case BenchmarkItem.Written written -> written(written, before);
            };
        } catch (SartorException e) {
            throw e.kind() == SartorException.Kind.USER
                    ? SartorException.user(item.source().origin() + ": " + e.getMessage(), e)
                    : e;
        }
    }

    /// Continuations of one prompt are scored together, so that it is computed once.
    private ItemAnswer scored(BenchmarkItem.Scored item, String before) {
        var pairs = item.continuations(before).stream().map(tokens::pair).toList();
        var ofPrompt = new LinkedHashMap<List<Integer>, List<Integer>>();
        for (int i = 0; i < pairs.size(); i++) {
            var prompt = Arrays.stream(pairs.get(i).prompt()).boxed().toList();
            ofPrompt.computeIfAbsent(prompt, _ -> new ArrayList<>()).add(i);
        }
        var likelihoods = new double[pairs.size()];
        var greedy = new boolean[pairs.size()];
        for (var places : ofPrompt.values()) {
            var prompt = pairs.get(places.getFirst()).prompt();
            var choices = places.stream().map(i -> pairs.get(i).scored()).toList();
            var done =
                    generator
                            .scoreWithGreedy(List.of(Prompt.scored(prompt)), choices, silent())
                            .getFirst();
            refuseUnlessDone(done.logLikelihoods().length > 0);
            for (int i = 0; i < places.size(); i++) {
                likelihoods[places.get(i)] = done.logLikelihoods()[i];
                greedy[places.get(i)] = done.greedy()[i];
            }
        }
        int read =
                ofPrompt.keySet().stream().mapToInt(List::size).sum()
                        + pairs.stream().mapToInt(pair -> pair.scored().length).sum();
        return new ItemAnswer(
                item,
                likelihoods,
                greedy,
                Optional.empty(),
                Map.of(),
                item.metrics(likelihoods, greedy),
                read);
    }

    private ItemAnswer written(BenchmarkItem.Written item, String before) {
        var prompt = tokens.prompt(item.prompt(before), item.most());
        var stops = tokens.stops(item.stops().stream()).toList();
        var text = new AnswerText(model.tokenizer().stream(true), stops, _ -> {});
        var endings = Set.copyOf(stops);
        // A control token is no part of the text, so that its string is looked for by itself.
        var asked =
                Prompt.free(
                        prompt,
                        item.most(),
                        Sampling.greedy(),
                        token -> !isEnding(token, endings) && text.accept(token));
        var done = generator.complete(List.of(asked), List.of(), silent()).getFirst();
        var written = done.text().orElseThrow();
        refuseUnlessDone(written.finish() != Answer.Finish.CANCELLED);
        var said = text.finish();
        var answers = item.answers(said);
        return new ItemAnswer(
                item,
                new double[0],
                new boolean[0],
                Optional.of(said),
                answers,
                item.metrics(answers),
                prompt.length + written.ids().length);
    }

    private boolean isEnding(int token, Set<String> endings) {
        return model.tokenizer().isSpecial(token)
                && endings.contains(model.tokenizer().token(token));
    }

    private static void refuseUnlessDone(boolean isDone) {
        if (!isDone) {
            throw SartorException.stopped("interrupted while an item was answered");
        }
    }

    private static Progress.Step silent() {
        return Progress.silent().begin("", 1, "");
    }
}
