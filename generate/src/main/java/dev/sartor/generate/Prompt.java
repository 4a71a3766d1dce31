package dev.sartor.generate;

import dev.sartor.core.Sampling;
import java.util.Optional;

/// What one row starts from.
///
/// @param ids at least one token
/// @param wearing the adapter that it is computed with
/// @param scope who shares what is computed of it
/// @param text how free text is to follow; empty where only choices are scored
record Prompt(int[] ids, Wearing wearing, CacheScope scope, Optional<Free> text) {
    /// @param maxTokens the most tokens to add, at least 1
    /// @param constraint what form the text keeps; of this row alone
    /// @param guesses whether tokens may be guessed ahead; the text is the same
    record Free(
            int maxTokens,
            Sampling sampling,
            Optional<Constraint> constraint,
            boolean guesses,
            TokenSink sink) {}

    /// An adapter that is on the network for this row.
    ///
    /// @param identity equal for rows whose keys and values are the same
    /// @param slot where a pool holds it; −1 for none, and where every row of the scheduler wears the same
    record Wearing(Object identity, int slot) {
        /// As the scheduler's network is.
        static final Wearing SAME = new Wearing("", -1);
    }

    static Prompt free(int[] ids, int maxTokens, Sampling sampling, TokenSink sink) {
        return new Prompt(
                ids,
                Wearing.SAME,
                CacheScope.everyone(),
                Optional.of(new Free(maxTokens, sampling, Optional.empty(), true, sink)));
    }

    static Prompt scored(int[] ids) {
        return new Prompt(ids, Wearing.SAME, CacheScope.everyone(), Optional.empty());
    }

    /// The same, where only choices are scored.
    Prompt withoutText() {
        return new Prompt(ids, wearing, scope, Optional.empty());
    }

    Prompt in(Wearing worn) {
        return new Prompt(ids, worn, scope, text);
    }

    int maxTokens() {
        return text.map(Free::maxTokens).orElse(0);
    }
}
