package dev.sartor.promptsearch;

import dev.sartor.core.Score;
import dev.sartor.evaluate.PairedComparison;
import java.util.Optional;

/// What a search's one look at the test examples showed.
///
/// @param start the score of the prompt that the search began with
/// @param found the score of the prompt that it found
/// @param gain the found less the first, paired
/// @param survived the gain on test divided by the gain on validation; 1 where all of it is there
/// @param looks how often these test examples have been looked at for this task, this time included: by the runs and the searches of the project
public record TestGain(
        Score start, Score found, PairedComparison gain, Optional<Double> survived, int looks) {}
