package dev.sartor.core;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// How free text is drawn from the model's distribution. Steps follow in this order: penalties and biases change the
/// logits, the temperature divides them, top-k, top-p and min-p leave tokens out, chance takes one of the rest.
///
/// @param temperature 0 takes the likeliest token each time; 1 samples from the distribution as it is
/// @param logitBias added to the logits of these tokens, −100 to 100
/// @param seed the same seed, prompt and model give the same text, whatever else is answered at the same time
/// @param stop texts that end the answer; they are not part of it
/// @param topLogProbabilities how many of the likeliest tokens are told with each token's own log-probability, 0 to 20;
///     empty tells none
public record Sampling(
        double temperature,
        Truncation truncation,
        Penalties penalties,
        Map<Integer, Double> logitBias,
        long seed,
        List<String> stop,
        OptionalInt topLogProbabilities) {
    private static final Sampling GREEDY =
            new Sampling(
                    0,
                    Truncation.none(),
                    Penalties.none(),
                    Map.of(),
                    0,
                    List.of(),
                    OptionalInt.empty());
    private static final int MOST_LOG_PROBABILITIES = 20;
    private static final double MOST_BIAS = 100;

    public Sampling {
        logitBias = Map.copyOf(logitBias);
        stop = List.copyOf(stop);
        Problems.refuseUnless(
                temperature >= 0 && temperature <= 2,
                "temperature",
                "0 to 2",
                temperature,
                "0 gives the likeliest text");
        logitBias.forEach(Sampling::checkBias);
        Problems.refuseUnless(
                topLogProbabilities.orElse(0) >= 0
                        && topLogProbabilities.orElse(0) <= MOST_LOG_PROBABILITIES,
                "top_logprobs",
                "0 to " + MOST_LOG_PROBABILITIES,
                topLogProbabilities.orElse(0),
                "ask for fewer");
    }

    private static void checkBias(int token, double bias) {
        Problems.refuseUnless(
                token >= 0,
                "logit_bias",
                "by tokens' numbers, from 0",
                token,
                "name tokens of the model's vocabulary");
        Problems.refuseUnless(
                bias >= -MOST_BIAS && bias <= MOST_BIAS,
                "logit_bias." + token,
                "-100 to 100",
                bias,
                "-100 bans a token, 100 makes it certain");
    }

    /// The likeliest text, nothing changed.
    public static Sampling greedy() {
        return GREEDY;
    }

    public Sampling withTemperature(double value) {
        return new Sampling(
                value, truncation, penalties, logitBias, seed, stop, topLogProbabilities);
    }

    public Sampling with(Truncation value) {
        return new Sampling(
                temperature, value, penalties, logitBias, seed, stop, topLogProbabilities);
    }

    public Sampling with(Penalties value) {
        return new Sampling(
                temperature, truncation, value, logitBias, seed, stop, topLogProbabilities);
    }

    public Sampling withTopP(double value) {
        return with(new Truncation(truncation.topK(), value, truncation.minP()));
    }

    public Sampling withLogitBias(Map<Integer, Double> value) {
        return new Sampling(
                temperature, truncation, penalties, value, seed, stop, topLogProbabilities);
    }

    public Sampling withSeed(long value) {
        return new Sampling(
                temperature, truncation, penalties, logitBias, value, stop, topLogProbabilities);
    }

    public Sampling withStop(List<String> value) {
        return new Sampling(
                temperature, truncation, penalties, logitBias, seed, value, topLogProbabilities);
    }

    public Sampling withTopLogProbabilities(int value) {
        return new Sampling(
                temperature, truncation, penalties, logitBias, seed, stop, OptionalInt.of(value));
    }

    /// For one of several answers to the same question: each is drawn with a seed of its own, derived from this one.
    /// Answer 0 keeps the seed, so that it is what asking for one answer gives; answer i has the i-th number of the
    /// SplitMix64 sequence that starts at the seed (Steele et al. 2014), never the seed of a sequence that overlaps.
    public Sampling forAnswer(int i) {
        if (i == 0) {
            return this;
        }
        long z = seed + i * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return withSeed(z ^ (z >>> 31));
    }
}
