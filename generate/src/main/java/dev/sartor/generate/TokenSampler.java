package dev.sartor.generate;

import dev.sartor.core.Sampling;
import java.util.Optional;

/// Takes one row's tokens from its logits, step by step: penalties and biases, then the likeliest token or a draw. The
/// same sampling, prompt and logits give the same tokens, whatever other rows do. Not thread-safe.
final class TokenSampler {
    private final Sampling sampling;
    private final LogitChanges changes;
    private final Optional<TokenDraw> draw;
    private float[] values = new float[0];
    private int[] tokens = new int[0];

    /// @param prompt its tokens, which a repetition penalty counts
    TokenSampler(Sampling sampling, int[] prompt) {
        this.sampling = sampling;
        this.changes = new LogitChanges(sampling, prompt);
        this.draw =
                sampling.temperature() == 0
                        ? Optional.empty()
                        : Optional.of(new TokenDraw(sampling));
    }

    /// Whether it takes the largest logit as it stands: then the caller may find it by other means.
    boolean isPlainlyGreedy() {
        return draw.isEmpty() && changes.isNone();
    }

    /// @param logits the row's stand from `offset` to `offset` + `vocabulary`; they are not changed
    /// @throws SartorException a defect where a logit is not a number
    int next(float[] logits, int offset, int vocabulary) {
        if (changes.isNone()) {
            return taken(choice(logits, offset, vocabulary));
        }
        changes.check(vocabulary);
        refuseNaN(logits, offset, vocabulary);
        reserve(vocabulary);
        System.arraycopy(logits, offset, values, 0, vocabulary);
        changes.apply(values, vocabulary);
        return taken(choice(values, 0, vocabulary));
    }

    /// @param allowed the only tokens that may be taken, at least one
    int next(float[] logits, int offset, int vocabulary, TokenSet allowed) {
        changes.check(vocabulary);
        refuseNaN(logits, offset, vocabulary);
        reserve(vocabulary);
        var changed = logits;
        int from = offset;
        if (!changes.isNone()) {
            System.arraycopy(logits, offset, values, 0, vocabulary);
            changes.apply(values, vocabulary);
            changed = values;
            from = 0;
        }
        int count = 0;
        // The gathered values move to lower places only, so that one array serves both.
        for (int token = allowed.next(0); token >= 0; token = allowed.next(token + 1)) {
            if (token >= vocabulary) {
                break;
            }
            tokens[count] = token;
            values[count++] = changed[from + token];
        }
        return taken(tokens[choice(values, 0, count)]);
    }

    private int choice(float[] of, int from, int count) {
        int best = Logits.largest(of, from, count);
        return draw.isEmpty() ? best : draw.get().draw(of, from, count, best);
    }

    private int taken(int token) {
        changes.saw(token);
        return token;
    }

    private static void refuseNaN(float[] logits, int offset, int vocabulary) {
        Logits.largest(logits, offset, vocabulary);
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
