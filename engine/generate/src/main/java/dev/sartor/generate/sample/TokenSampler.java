package dev.sartor.generate.sample;

import dev.sartor.constrain.TokenSet;
import dev.sartor.core.Sampling;
import java.util.Optional;

/// Takes one row's tokens from its logits, step by step: penalties and biases, then the likeliest token or a draw. The
/// same sampling, prompt and logits give the same tokens, whatever other rows do. Not thread-safe.
public final class TokenSampler {
    /// Fewer than this part of the vocabulary are looked at one by one.
    private static final int FEW = 8;

    private final Sampling sampling;
    private final LogitChanges changes;
    private final Optional<TokenDraw> draw;
    private float[] values = new float[0];
    private int[] tokens = new int[0];

    /// @param prompt its tokens, which a repetition penalty counts
    public TokenSampler(Sampling sampling, int[] prompt) {
        this.sampling = sampling;
        this.changes = new LogitChanges(sampling, prompt);
        this.draw =
                sampling.temperature() == 0
                        ? Optional.empty()
                        : Optional.of(new TokenDraw(sampling));
    }

    /// Whether it takes the largest logit as it stands: then the caller may find it by other means.
    public boolean isPlainlyGreedy() {
        return draw.isEmpty() && changes.isNone();
    }

    /// @param logits the row's stand from `offset` to `offset` + `vocabulary`; they are not changed
    /// @throws SartorException a defect where a logit is not a number
    public int next(float[] logits, int offset, int vocabulary) {
        int best = Logits.largest(logits, offset, vocabulary);
        if (changes.isNone()) {
            return taken(choice(logits, offset, vocabulary, best));
        }
        changed(logits, offset, vocabulary);
        return taken(choice(values, 0, vocabulary, Logits.largest(values, 0, vocabulary)));
    }

    /// @param allowed the only tokens that may be taken, at least one
    public int next(float[] logits, int offset, int vocabulary, TokenSet allowed) {
        int best = Logits.largest(logits, offset, vocabulary);
        if (isPlainlyGreedy() && allowed.contains(best)) {
            return taken(best);
        }
        if (changes.isNone()) {
            reserve(vocabulary);
            System.arraycopy(logits, offset, values, 0, vocabulary);
        } else {
            changed(logits, offset, vocabulary);
        }
        if (allowed.count() > vocabulary / FEW) {
            allowed.exclude(values, vocabulary);
            return taken(choice(values, 0, vocabulary, Logits.largest(values, 0, vocabulary)));
        }
        int count = gather(allowed, vocabulary);
        return taken(tokens[choice(values, 0, count, Logits.largest(values, 0, count))]);
    }

    private void changed(float[] logits, int offset, int vocabulary) {
        changes.check(vocabulary);
        reserve(vocabulary);
        System.arraycopy(logits, offset, values, 0, vocabulary);
        changes.apply(values, vocabulary);
    }

    /// The allowed tokens' values move to the front.
    private int gather(TokenSet allowed, int vocabulary) {
        int count = 0;
        for (int token = allowed.next(0); token >= 0; token = allowed.next(token + 1)) {
            if (token >= vocabulary) {
                break;
            }
            tokens[count] = token;
            values[count++] = values[token];
        }
        return count;
    }

    private int choice(float[] of, int from, int count, int best) {
        return draw.isEmpty() ? best : draw.get().draw(of, from, count, best);
    }

    private int taken(int token) {
        changes.saw(token);
        return token;
    }

    private void reserve(int vocabulary) {
        if (values.length < vocabulary) {
            values = new float[vocabulary];
            tokens = new int[vocabulary];
        }
    }

    /// What was asked for.
    Sampling sampling() {
        return sampling;
    }
}
