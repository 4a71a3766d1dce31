package dev.sartor.generate.schedule;

import dev.sartor.constrain.Constraint;
import dev.sartor.core.Answer;
import dev.sartor.generate.sample.LogProbabilities;
import dev.sartor.generate.sample.RowLogits;
import dev.sartor.generate.sample.TokenSampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The text that follows a prompt, token by token.
final class RowText {
    private final Prompt.Free wanted;
    private final int prompt;
    private final TokenSampler sampler;
    private final Optional<PromptLookup> lookup;
    private final List<LogProbabilities> likelihoods = new ArrayList<>();
    private int[] ids;
    private int length;
    private int[] guesses = new int[0];
    private Optional<Answer.Finish> finish = Optional.empty();

    RowText(int[] prompt, Prompt.Free wanted) {
        this.wanted = wanted;
        this.prompt = prompt.length;
        this.sampler = new TokenSampler(wanted.sampling(), prompt);
        this.ids = prompt.clone();
        this.length = prompt.length;
        this.lookup =
                wanted.guesses()
                                && sampler.isPlainlyGreedy()
                                && wanted.constraint().isEmpty()
                                && wanted.sampling().topLogProbabilities().isEmpty()
                        ? Optional.of(new PromptLookup())
                        : Optional.empty();
    }

    /// Tokens that it may take room for.
    int room() {
        return wanted.maxTokens() + (lookup.isPresent() ? PromptLookup.MOST : 0);
    }

    Optional<Answer.Finish> finish() {
        return finish;
    }

    List<LogProbabilities> likelihoods() {
        return List.copyOf(likelihoods);
    }

    /// Where its last token stands, which is not computed yet.
    int computed() {
        return length - 1;
    }

    /// The last token, and guesses of those that follow.
    int[] next() {
        guesses =
                lookup.map(l -> l.guess(ids, length, wanted.maxTokens() - said() - 1))
                        .orElse(new int[0]);
        var next = new int[1 + guesses.length];
        next[0] = ids[length - 1];
        System.arraycopy(guesses, 0, next, 1, guesses.length);
        return next;
    }

    private int said() {
        return length - prompt;
    }

    /// Takes what follows the prompt.
    void begin(RowLogits logits, int row, Set<Integer> endings, RowEvents events) {
        take(choose(logits, row), endings, events);
    }

    /// Takes the token after the last one, and those after the guesses that prove right.
    ///
    /// @param row of the last token's logits; the guesses' follow
    void take(RowLogits logits, int row, Set<Integer> endings, RowEvents events) {
        int right = 0;
        take(choose(logits, row), endings, events);
        while (right < guesses.length && finish.isEmpty() && ids[length - 1] == guesses[right]) {
            right++;
            take(choose(logits, row + right), endings, events);
        }
        if (guesses.length > 0) {
            int counted = right;
            lookup.ifPresent(l -> l.learn(guesses.length, counted));
        }
    }

    private int choose(RowLogits logits, int row) {
        int token = token(logits, row);
        wanted.sampling()
                .topLogProbabilities()
                .ifPresent(most ->
                        likelihoods.add(
                                LogProbabilities.of(
                                        logits.values(),
                                        logits.offset(row),
                                        logits.vocabulary(),
                                        token,
                                        most)));
        return token;
    }

    private int token(RowLogits logits, int row) {
        if (wanted.constraint().isPresent()) {
            var allowed = wanted.constraint().get().allowed(wanted.maxTokens() - said());
            return sampler.next(logits.values(), logits.offset(row), logits.vocabulary(), allowed);
        }
        return sampler.isPlainlyGreedy()
                ? logits.largest(row)
                : sampler.next(logits.values(), logits.offset(row), logits.vocabulary());
    }

    private void take(int token, Set<Integer> endings, RowEvents events) {
        if (endings.contains(token)) {
            finish = Optional.of(Answer.Finish.STOP);
            return;
        }
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, length + Math.max(16, length / 2));
        }
        ids[length++] = token;
        wanted.constraint().ifPresent(c -> c.accept(token));
        events.said(token);
        if (wanted.constraint().map(Constraint::isComplete).orElse(false)) {
            finish = Optional.of(Answer.Finish.STOP);
        } else if (said() >= wanted.maxTokens()) {
            finish = Optional.of(atLimit());
        }
    }

    /// A form is never cut by the limit, but led to its end before.
    private Answer.Finish atLimit() {
        return wanted.constraint().map(Constraint::mayEnd).orElse(false)
                ? Answer.Finish.STOP
                : Answer.Finish.LENGTH;
    }
}
