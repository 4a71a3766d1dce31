package dev.sartor.compare;

import java.util.Optional;

/// A point of a training's curve.
///
/// @param epoch how often the examples have been seen so far, a fraction within an epoch
/// @param loss mean cross-entropy over the answers' tokens, in nats
/// @param validation the task's metric on validation, where it was measured
public record CurvePoint(int step, double epoch, double loss, Optional<Double> validation) {}
