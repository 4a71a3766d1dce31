package dev.sartor.serve.http;

import dev.sartor.core.Answer;
import dev.sartor.serve.quota.Quotas;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// What one request has taken so far, counted while its answers are made: of an answer that does not come to its end each piece
/// of text counts as a token, which it has at least. Thread-safe.
public final class Tally {
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong prompt = new AtomicLong(-1);
    private final AtomicLong completion = new AtomicLong();

    /// The model reads the prompt from now on.
    public void begin() {
        begun.set(true);
    }

    public void piece() {
        completion.incrementAndGet();
    }

    /// @param pieces of this answer that were counted before its usage was known
    public void answered(Answer.Usage usage, long pieces) {
        prompt.accumulateAndGet(
                usage.promptTokens(), Math::max); // one prompt, whose answers may be several
        completion.addAndGet(usage.completionTokens() - pieces);
    }

    /// Tokens that are read, with no answer to them.
    public void read(long tokens) {
        prompt.set(tokens);
    }

    /// @param most that was reserved: its prompt counts where it was begun and nobody knows more
    Quotas.Usage taken(Quotas.Usage most) {
        long read = prompt.get() >= 0 ? prompt.get() : begun.get() ? most.prompt() : 0;
        return new Quotas.Usage(most.model(), read, Math.max(0, completion.get()));
    }
}
