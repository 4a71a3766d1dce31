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
/// @param greedy of each choice whether the model would say it itself, each of its tokens being the likeliest; empty where that
///     was not asked for
/// @param cachedTokens prompt tokens that were computed for another prompt, too
/// @param seconds the row's share of the wall-clock time of the passes that it took part in
public record Completion(
        Optional<Text> text,
        double[] logLikelihoods,
        boolean[] greedy,
        int cachedTokens,
        double seconds) {
    /// @param ids without the token that ended it
    /// @param likelihoods of each token, where they were asked for
    public record Text(int[] ids, Answer.Finish finish, List<LogProbabilities> likelihoods) {}

    /// With further choices' likelihoods behind its own; which choices are greedy is not asked of both.
    public Completion with(Completion more) {
        var all = Arrays.copyOf(logLikelihoods, logLikelihoods.length + more.logLikelihoods.length);
        System.arraycopy(
                more.logLikelihoods, 0, all, logLikelihoods.length, more.logLikelihoods.length);
        return new Completion(text, all, greedy, cachedTokens, seconds + more.seconds);
    }

    /// Of a prompt that its caller took back.
    public static Completion cancelled(Prompt prompt) {
        return new Completion(
                prompt.text().map(_ -> new Text(new int[0], Answer.Finish.CANCELLED, List.of())),
                new double[0],
                new boolean[0],
                0,
                0);
    }
}
