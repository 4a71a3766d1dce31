package dev.sartor.privacy;

import dev.sartor.generate.TokenLikelihoods;
import java.util.Arrays;
import java.util.List;

/// How sure attacks are that a row was learned, from its tokens' log-likelihoods; larger is surer.
final class MembershipScores {
    /// The share of a row's tokens that Min-K%++ goes by.
    static final double LEAST_LIKELY = 0.2;

    /// Where the vocabulary's log-probabilities do not differ there is nothing to divide by.
    private static final double SMALLEST_DEVIATION = 1e-6;

    private MembershipScores() {}

    /// The mean log-probability of its tokens, in nats: the negative loss (Yeom et al. 2018, "Privacy Risk in Machine Learning",
    /// section 3.2).
    static double loss(TokenLikelihoods adapter) {
        return Arrays.stream(adapter.chosen()).average().orElseThrow();
    }

    /// The same less that under the base model, which leaves out how easy a row is for any model (Carlini et al. 2021, "Extracting
    /// Training Data from Large Language Models", section 5.1; Mireshghallah et al. 2022).
    static double ratio(TokenLikelihoods adapter, TokenLikelihoods base) {
        return loss(adapter) - loss(base);
    }

    /// Min-K%++ (Zhang et al. 2024, "Min-K%++: Improved Baseline for Detecting Pre-Training Data from Large Language Models",
    /// equations 3 and 4): each token's (ln p − μ) ÷ σ, with μ and σ the mean and the deviation of ln p over the vocabulary in its
    /// place, and of these the mean of the least 20 %, of one at least.
    static double minKPlusPlus(TokenLikelihoods adapter) {
        var scores = new double[adapter.chosen().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] =
                    (adapter.chosen()[i] - adapter.mean()[i])
                            / Math.max(SMALLEST_DEVIATION, adapter.deviation()[i]);
        }
        int least = Math.max(1, (int) (LEAST_LIKELY * scores.length));
        return Arrays.stream(scores).sorted().limit(least).average().orElseThrow();
    }

    /// The offline likelihood ratio (Carlini et al. 2022, "Membership Inference Attacks From First Principles", section V and VI.B):
    /// φ(p) = ln (p ÷ (1 − p)) of the row's mean probability of a token under the adapter, less the mean of φ under trainings that did
    /// not see the row. It is divided by their deviation over all rows together, as the paper does where such trainings are few.
    ///
    /// @param deviation of φ among the references, of all rows
    static double likelihoodRatio(
            TokenLikelihoods adapter, List<TokenLikelihoods> references, double deviation) {
        double mean =
                references.stream()
                        .mapToDouble(MembershipScores::confidence)
                        .average()
                        .orElseThrow();
        return (confidence(adapter) - mean) / Math.max(SMALLEST_DEVIATION, deviation);
    }

    /// φ, of −ln p in the place of p so that neither end is out of reach.
    static double confidence(TokenLikelihoods row) {
        double log = Math.min(loss(row), -1e-12);
        return log - Math.log(-Math.expm1(log));
    }

    /// The deviation of φ about each row's own mean, over all rows.
    ///
    /// @param rows of each the likelihoods under the references, two at least
    static double pooledDeviation(List<List<TokenLikelihoods>> rows) {
        double squares = 0;
        int degrees = 0;
        for (var row : rows) {
            var values = row.stream().mapToDouble(MembershipScores::confidence).toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            squares += Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
            degrees += values.length - 1;
        }
        return Math.sqrt(squares / degrees);
    }
}
