package dev.sartor.privacy;

import dev.sartor.core.Sampling;
import dev.sartor.generate.TokenLikelihoods;
import java.util.List;

/// A model as an attacker knows it: by its likelihoods, and by what it says.
public interface AuditedModel extends AutoCloseable {
    /// Of each learned token of a row.
    TokenLikelihoods tokens(AuditRow row);

    /// The log-likelihoods of what may follow a prompt, in nats, summed over the tokens of each.
    double[] continuations(int[] prompt, List<int[]> choices);

    /// What it says after each prompt.
    ///
    /// @param sampling for each prompt
    List<int[]> said(List<int[]> prompts, int maxTokens, List<Sampling> sampling);

    /// Tokens as text.
    String text(int[] ids);

    @Override
    void close();
}
