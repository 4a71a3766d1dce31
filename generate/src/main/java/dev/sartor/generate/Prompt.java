package dev.sartor.generate;

import dev.sartor.core.Sampling;

/// What one row of a batch starts from.
///
/// @param ids at least one token
/// @param maxTokens the most tokens to add, at least 1
record Prompt(int[] ids, int maxTokens, Sampling sampling, TokenSink sink) {}
