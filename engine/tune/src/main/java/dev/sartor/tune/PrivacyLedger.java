package dev.sartor.tune;

/// What a private training promises of each of its rows, and by what: whether one row is among the others or not changes the
/// probability of whatever comes out of the training by at most a factor e^ε, but for a probability of δ.
///
/// @param noiseMultiplier the noise's standard deviation ÷ the clip norm
/// @param samplingRate the probability with which a step takes a row
/// @param steps of the whole training: one that ends early is charged for all of them
/// @param clip the longest that one row's gradient counts
public record PrivacyLedger(
        double epsilon,
        double delta,
        double noiseMultiplier,
        double samplingRate,
        int steps,
        double clip) {}
