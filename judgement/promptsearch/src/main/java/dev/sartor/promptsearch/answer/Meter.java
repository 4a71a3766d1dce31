package dev.sartor.promptsearch.answer;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.Remote;
import dev.sartor.promptsearch.budget.Cost;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Foresees and measures what a model's answers cost.
final class Meter {
    private static final double MILLION = 1e6;
    private static final double MILLISECONDS = 1000;

    private final TokenBound bound;
    private final Pace pace = new Pace();
    private final Optional<Remote> remote;
    private final Clock clock;

    /// @param remote whose prices count; empty for a model of this machine
    Meter(Responder model, Optional<Remote> remote, Clock clock) {
        this.bound = new TokenBound(model);
        this.remote = remote;
        this.clock = clock;
    }

    /// The most tokens that the question and its answer take.
    ///
    /// @param question with all its messages
    long most(Question question) {
        return bound.most(question);
    }

    /// Whether {@link #most} will not change any more.
    boolean isSettled(Question question) {
        return bound.isSettled(question);
    }

    Cost worst(long tokens, int questions) {
        return new Cost(tokens, tokens * dearest(), pace.most(tokens, questions));
    }

    /// Nobody can tell how many of the tokens will be the answer's.
    private double dearest() {
        return remote.map(each ->
                        Math.max(
                                        each.pricePerMillionPromptTokens(),
                                        each.pricePerMillionCompletionTokens())
                                / MILLION)
                .orElse(0.0);
    }

    List<Answer> measured(List<Question> questions, Supplier<List<Answer>> ask) {
        long tokens = questions.stream().mapToLong(this::most).sum();
        long start = clock.millis();
        var answers = ask.get();
        pace.took(tokens, questions.size(), (clock.millis() - start) / MILLISECONDS);
        bound.learn(questions.getFirst(), answers.getFirst().usage().promptTokens());
        return answers;
    }

    /// An answer of an earlier sitting.
    void recall(Question question, long promptTokens) {
        bound.learn(question, promptTokens);
    }

    /// A call of an earlier sitting.
    void recall(long tokens, int questions, double seconds) {
        pace.recall(tokens, questions, seconds);
    }

    /// @param text as a metric judges it
    PromptedModel.Reply reply(Answer answer, String text) {
        var usage = answer.usage();
        return new PromptedModel.Reply(
                text,
                usage.promptTokens(),
                usage.promptTokens() + (long) usage.completionTokens(),
                price(answer));
    }

    private double price(Answer answer) {
        var usage = answer.usage();
        return remote.map(each ->
                        (usage.promptTokens() * each.pricePerMillionPromptTokens()
                                        + usage.completionTokens()
                                                * each.pricePerMillionCompletionTokens())
                                / MILLION)
                .orElse(0.0);
    }
}
