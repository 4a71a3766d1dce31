package dev.sartor.generate.schedule;

import dev.sartor.core.Answer;
import dev.sartor.generate.sample.LogProbabilities;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What came of a prompt.
///
/// @param text empty where none was asked for
/// @param logLikelihoods of the choices, in nats; empty where none were given
/// @param cachedTokens prompt tokens that were computed for another prompt, too
/// @param seconds the row's share of the wall-clock time of the passes that it took part in
public record Completion(
        Optional<Text> text, double[] logLikelihoods, int cachedTokens, double seconds) {
    /// @param ids without the token that ended it
    /// @param likelihoods of each token, where they were asked for
    public record Text(int[] ids, Answer.Finish finish, List<LogProbabilities> likelihoods) {}

    /// With further choices' likelihoods behind its own.
    public Completion with(Completion more) {
        var all = Arrays.copyOf(logLikelihoods, logLikelihoods.length + more.logLikelihoods.length);
        System.arraycopy(
                more.logLikelihoods, 0, all, logLikelihoods.length, more.logLikelihoods.length);
        return new Completion(text, all, cachedTokens, seconds + more.seconds);
    }

    /// Of a prompt that its caller took back.
    public static Completion cancelled(Prompt prompt) {
        return new Completion(
                prompt.text().map(_ -> new Text(new int[0], Answer.Finish.CANCELLED, List.of())),
                new double[0],
                0,
                0);
    }
}
