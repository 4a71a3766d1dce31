package dev.sartor.generate;

import dev.sartor.core.Sampling;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Draws tokens from a row's logits: temperature, then the smallest set of likeliest tokens whose probabilities reach
/// top-p (Holtzman et al. 2019), then by chance.
final class TokenChoice {
    private final Sampling sampling;
    private final RandomGenerator random;

    TokenChoice(Sampling sampling) {
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
    }

    boolean isGreedy() {
        return sampling.temperature() == 0;
    }

    /// @param logits all of `row` × vocabulary to (row + 1) × vocabulary
    int draw(float[] logits, int row, int vocabulary) {
        var probabilities = softmax(logits, row * vocabulary, vocabulary);
        double threshold = sampling.topP() < 1 ? threshold(probabilities) : 0;
        double total = 0;
        for (double p : probabilities) {
            total += p >= threshold ? p : 0;
        }
        double target = random.nextDouble() * total;
        int last = 0;
        for (int i = 0; i < vocabulary; i++) {
            if (probabilities[i] >= threshold && probabilities[i] > 0) {
                target -= probabilities[i];
                last = i;
                if (target < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private double[] softmax(float[] logits, int from, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            most = Math.max(most, logits[i]);
        }
        var probabilities = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            probabilities[i] = Math.exp((logits[from + i] - most) / sampling.temperature());
            sum += probabilities[i];
        }
        for (int i = 0; i < count; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    /// The least probability that is still in the set.
    private double threshold(double[] probabilities) {
        var sorted = probabilities.clone();
        java.util.Arrays.sort(sorted);
        double sum = 0;
        for (int i = sorted.length - 1; i >= 0; i--) {
            sum += sorted[i];
            if (sum >= sampling.topP()) {
                return sorted[i];
            }
        }
        return 0;
    }
}
