package dev.sartor.compare;

import dev.sartor.core.Example;
import dev.sartor.tune.TuneSettings;
import java.nio.file.Path;
import java.util.List;

/// An adapter to be trained.
///
/// @param examples the conversation as the model will be asked, and the answer to learn; the preferred reference counts
/// @param folder where checkpoints and, at the end, the adapter lie
public record TuningRequest(
        String model, List<Example> examples, TuneSettings settings, TuningCare care, Path folder) {
    public TuningRequest {
        examples = List.copyOf(examples);
    }
}
