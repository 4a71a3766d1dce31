package dev.sartor.generate;

import dev.sartor.core.Answer;
import java.util.Optional;

/// What came of a prompt.
///
/// @param text empty where none was asked for
/// @param choice empty where no choices were given
/// @param cachedTokens prompt tokens that were computed once for several prompts
record Completion(Optional<Text> text, Optional<Choice> choice, int cachedTokens) {
    /// @param ids without the token that ended it
    /// @param seconds the row's share of its batch's wall-clock time, prompt included
    record Text(int[] ids, Answer.Finish finish, double seconds) {}

    /// @param logLikelihoods of the choices, in nats
    /// @param seconds the row's share of its batch's wall-clock time, prompt included
    record Choice(double[] logLikelihoods, double seconds) {}
}
