package dev.sartor.generate.schedule;

import dev.sartor.constrain.Constraint;
import dev.sartor.core.Sampling;
import java.util.Optional;

/// What one row starts from.
///
/// @param ids at least one token
/// @param adapter the adapter that it is computed with
/// @param scope who shares what is computed of it
/// @param text how free text is to follow; empty where only choices are scored
public record Prompt(int[] ids, AdapterSlot adapter, CacheScope scope, Optional<Free> text) {
    /// @param maxTokens the most tokens to add, at least 1
    /// @param constraint what form the text keeps; of this row alone
    /// @param guesses whether tokens may be guessed ahead; the text is the same
    public record Free(
            int maxTokens,
            Sampling sampling,
            Optional<Constraint> constraint,
            boolean guesses,
            TokenSink sink) {}

    /// An adapter that is on the network for this row.
    ///
    /// @param identity equal for rows whose keys and values are the same
    /// @param slot where a pool holds it; −1 for none, and where every row of the scheduler uses the same
    public record AdapterSlot(Object identity, int slot) {
        /// As the scheduler's network is.
        public static final AdapterSlot SAME = new AdapterSlot("", -1);
    }

    public static Prompt free(int[] ids, int maxTokens, Sampling sampling, TokenSink sink) {
        return new Prompt(
                ids,
                AdapterSlot.SAME,
                CacheScope.everyone(),
                Optional.of(new Free(maxTokens, sampling, Optional.empty(), true, sink)));
    }

    public static Prompt scored(int[] ids) {
        return new Prompt(ids, AdapterSlot.SAME, CacheScope.everyone(), Optional.empty());
    }

    /// The same, where only choices are scored.
    public Prompt withoutText() {
        return new Prompt(ids, adapter, scope, Optional.empty());
    }

    public Prompt in(AdapterSlot other) {
        return new Prompt(ids, other, scope, text);
    }

    public int maxTokens() {
        return text.map(Free::maxTokens).orElse(0);
    }
}
