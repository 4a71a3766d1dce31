package dev.sartor.compare.approach;

import dev.sartor.core.Example;
import dev.sartor.project.setting.TuningCare;
import dev.sartor.project.setting.TuningSettings;
import java.nio.file.Path;
import java.util.List;

/// A model to be trained on a task's examples.
///
/// @param examples the conversation as the model will be asked, and the answer to learn; the preferred reference counts
/// @param labels the task's classes; empty for free text
/// @param seed where the settings have none of their own
/// @param folder where checkpoints and, at the end, what was trained lie
public record TuningRequest(
        String model,
        List<Example> examples,
        List<String> labels,
        TuningSettings settings,
        long seed,
        TuningCare care,
        Path folder) {
    public TuningRequest {
        examples = List.copyOf(examples);
        labels = List.copyOf(labels);
    }
}
