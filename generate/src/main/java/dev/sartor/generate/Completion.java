package dev.sartor.generate;

import dev.sartor.core.Answer;

/// What was added to a prompt.
///
/// @param ids without the token that ended it
/// @param cachedTokens prompt tokens that were computed once for several prompts
/// @param seconds the row's share of its batch's wall-clock time
record Completion(int[] ids, Answer.Finish finish, int cachedTokens, double seconds) {}
