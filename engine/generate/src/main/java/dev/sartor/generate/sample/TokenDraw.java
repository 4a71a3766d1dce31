package dev.sartor.generate.sample;

import dev.sartor.core.Sampling;
import dev.sartor.core.Truncation;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Draws from a row's logits by chance: temperature, then top-k, top-p and min-p in transformers' order, each of which
/// comes down to a least weight that is found by selection, without sorting the vocabulary. One random number a token.
final class TokenDraw {
    private final float inverseTemperature;
    private final Truncation truncation;
    private final RandomGenerator random;
    private final Probabilities weights = new Probabilities();

    /// @param sampling with a temperature above 0
    TokenDraw(Sampling sampling) {
        this.inverseTemperature = (float) (1 / sampling.temperature());
        this.truncation = sampling.truncation();
        this.random = new SplittableRandom(sampling.seed());
    }

    /// The place of the drawn one, from 0.
    ///
    /// @param best the place of the largest
    int draw(float[] logits, int from, int count, int best) {
        weights.fill(logits, from, count, best, inverseTemperature);
        if (!truncation.equals(Truncation.none())) {
            truncate();
        }
        return weights.at(random.nextDouble());
    }

    private void truncate() {
        if (truncation.topK() > 0) {
            weights.keepLargest(truncation.topK());
        }
        if (truncation.topP() < 1) {
            weights.keepMass(truncation.topP());
        }
        weights.keepPart((float) truncation.minP());
    }
}
