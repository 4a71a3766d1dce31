package dev.sartor.generate.sample;

import dev.sartor.core.Penalties;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one row's penalties and biases change: the repetition penalty as transformers' `RepetitionPenaltyLogitsProcessor`,
/// the others as OpenAI's API says.
final class LogitChanges {
    private final Penalties penalties;
    private final Map<Integer, Double> bias;
    private final boolean none;

    /// How often each token stands in the answer; 0 for those that stand in the prompt only.
    private final Map<Integer, Integer> seen = new LinkedHashMap<>();

    LogitChanges(Sampling sampling, int[] prompt) {
        this.penalties = sampling.penalties();
        this.bias = new HashMap<>(sampling.logitBias());
        this.none = penalties.equals(Penalties.none()) && bias.isEmpty();
        if (penalties.repetition() != 1) {
            for (int token : prompt) {
                seen.put(token, 0);
            }
        }
    }

    boolean isNone() {
        return none;
    }

    /// @throws SartorException a user's error where a bias is for a token that the model does not have
    void check(int vocabulary) {
        for (int token : bias.keySet()) {
            if (token >= vocabulary) {
                throw SartorException.user(
                        "logit_bias must be of tokens from 0 to "
                                + (vocabulary - 1)
                                + " for this model, got "
                                + token
                                + ": leave it out");
            }
        }
    }

    void saw(int token) {
        if (!none) {
            seen.merge(token, 1, Integer::sum);
        }
    }

    /// @param logits changed in place
    void apply(float[] logits, int vocabulary) {
        seen.forEach((token, times) -> {
            if (token < vocabulary) {
                logits[token] = penalised(logits[token], times);
            }
        });
        bias.forEach((token, value) -> logits[token] += value.floatValue());
    }

    private float penalised(float logit, int times) {
        double repeated =
                logit > 0 ? logit / penalties.repetition() : logit * penalties.repetition();
        double taken = times * penalties.frequency() + (times > 0 ? penalties.presence() : 0);
        return (float) (repeated - taken);
    }
}
