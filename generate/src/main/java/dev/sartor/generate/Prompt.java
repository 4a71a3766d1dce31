package dev.sartor.generate;

import dev.sartor.core.Sampling;
import java.util.Optional;

/// What one row of a batch starts from.
///
/// @param ids at least one token
/// @param text how free text is to follow; empty where only choices are scored
record Prompt(int[] ids, Optional<Free> text) {
    /// @param prompt the whole prompt's tokens
    /// @param maxTokens the most tokens to add, at least 1
    record Free(int[] prompt, int maxTokens, Sampling sampling, TokenSink sink) {}

    static Prompt free(int[] ids, int maxTokens, Sampling sampling, TokenSink sink) {
        return new Prompt(ids, Optional.of(new Free(ids, maxTokens, sampling, sink)));
    }

    static Prompt scored(int[] ids) {
        return new Prompt(ids, Optional.empty());
    }

    int maxTokens() {
        return text.map(Free::maxTokens).orElse(0);
    }
}
