package dev.sartor.compare.verdict;

import dev.sartor.core.Score;
import java.util.Optional;

/// A base model as it was tuned, beside the best of several.
///
/// @param settings that a search found for it, as they would stand in the project file; empty where none was done
/// @param score on validation
/// @param difference of the score from the best one's, with its paired 95 % interval
/// @param isGoodEnough whether the interval lies above −margin
/// @param isChosen whether it is the smallest of those that are good enough
public record ModelTrial(
        String model,
        long parameters,
        Optional<String> settings,
        Score score,
        double difference,
        double low,
        double high,
        boolean isGoodEnough,
        boolean isChosen) {}
