package dev.sartor.generate.schedule;

import dev.sartor.core.Answer;
import dev.sartor.generate.sample.LogProbabilities;
import java.util.List;
import java.util.Optional;

/// What a row tells its caller as it goes. The scheduler calls it, and must not be kept waiting.
interface RowEvents {
    void said(int token);

    void done(Result result);

    void failed(RuntimeException why);

    /// @param finish why the text ended; empty where none was asked for, or it was taken back
    /// @param scores log-likelihoods of the choices in nats; empty where none were given
    /// @param greedy which of the choices are; empty where that was not asked for
    /// @param shared prompt tokens that were computed for another row, too
    /// @param seconds the row's share of the passes that it took part in
    /// @param likelihoods of each token of the text, where they were asked for
    record Result(
            Optional<Answer.Finish> finish,
            double[] scores,
            boolean[] greedy,
            int shared,
            double seconds,
            List<LogProbabilities> likelihoods) {
        /// Of a row that was taken back.
        static Result none() {
            return new Result(Optional.empty(), new double[0], new boolean[0], 0, 0, List.of());
        }
    }
}
