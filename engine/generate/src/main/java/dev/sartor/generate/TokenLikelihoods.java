package dev.sartor.generate;

import dev.sartor.core.Problems;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// How likely a model finds each token of an answer, and what of the whole vocabulary it finds likely in its place; in nats.
///
/// @param chosen of each token its log-probability
/// @param mean at each token the log-probability that is to be expected there: Σ p ln p over the vocabulary
/// @param deviation at each token that of the log-probability about this mean, at least 0
public record TokenLikelihoods(double[] chosen, double[] mean, double[] deviation) {
    public TokenLikelihoods {
        Problems.refuseUnless(
                chosen.length == mean.length && chosen.length == deviation.length,
                "chosen",
                "as long as mean and deviation",
                chosen.length,
                "give each token all three");
    }

    /// For the engine's thread.
    ///
    /// @param logits F32 [tokens, vocabulary], those before each token
    static TokenLikelihoods of(Tensor logits, int[] tokens) {
        try (var _ = TensorScope.open()) {
            long vocabulary = logits.size(1);
            var logs = logits.logSoftmax(-1);
            var weighted = logs.exp().multiply(logs);
            var mean = weighted.sum(-1).toFloats();
            var square = weighted.multiply(logs).sum(-1).toFloats();
            var at = new long[tokens.length];
            for (int i = 0; i < at.length; i++) {
                at[i] = i * vocabulary + tokens[i];
            }
            var chosen = logs.view(logs.count()).selected(0, Tensors.of(at, at.length)).toFloats();
            return new TokenLikelihoods(
                    doubles(chosen), doubles(mean), deviations(doubles(square), doubles(mean)));
        }
    }

    /// Of parts of one answer, in their order.
    static TokenLikelihoods joined(List<TokenLikelihoods> parts) {
        return new TokenLikelihoods(
                joined(parts, TokenLikelihoods::chosen),
                joined(parts, TokenLikelihoods::mean),
                joined(parts, TokenLikelihoods::deviation));
    }

    private static double[] joined(
            List<TokenLikelihoods> parts, Function<TokenLikelihoods, double[]> figures) {
        return parts.stream().flatMapToDouble(each -> Arrays.stream(figures.apply(each))).toArray();
    }

    private static double[] deviations(double[] square, double[] mean) {
        var deviations = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            deviations[i] = Math.sqrt(Math.max(0, square[i] - mean[i] * mean[i]));
        }
        return deviations;
    }

    private static double[] doubles(float[] values) {
        var doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /// Of all tokens together: the logarithm of the answer's probability.
    public double sum() {
        double sum = 0;
        for (double each : chosen) {
            sum += each;
        }
        return sum;
    }
}
