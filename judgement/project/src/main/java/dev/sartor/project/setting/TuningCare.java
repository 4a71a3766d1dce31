package dev.sartor.project.setting;

import dev.sartor.core.Example;
import dev.sartor.tune.TooLong;
import dev.sartor.tune.TuneWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a training is watched over.
///
/// @param tooLong empty where nobody chose; then examples that are too long are refused
/// @param probe questions that general ability is measured on; empty for Sartor's own
/// @param samples validation examples, as the model will be asked, whose answers are shown at each measurement
public record TuningCare(
        Optional<TooLong> tooLong, TuneWatch watch, Optional<Path> probe, List<Example> samples) {
    public TuningCare {
        samples = List.copyOf(samples);
    }
}
