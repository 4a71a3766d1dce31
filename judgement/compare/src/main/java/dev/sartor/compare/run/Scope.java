package dev.sartor.compare.run;

import java.util.Optional;

/// How a candidate tells what fits none of a task's other labels.
///
/// @param label the task's for it
/// @param threshold of the probability that another label fits, as {@link Confidence#fits} tells it: below it that label is said; empty where nothing is gained by that on
///     validation, or it has no confidence
public record Scope(String label, Optional<Double> threshold) {}
