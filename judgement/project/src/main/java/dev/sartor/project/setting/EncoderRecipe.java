package dev.sartor.project.setting;

import java.util.Map;

/// A section `encoder` as a section `tune` would say it.
final class EncoderRecipe {
    private EncoderRecipe() {}

    /// @param task the task's own section `tune`, which says the rest
    static TuningSettings of(EncoderSettings asked, TuningSettings task) {
        return task.with(
                Map.of(
                        "method",
                        "full",
                        "parts",
                        "[]",
                        "weights",
                        "bf16",
                        "learning_rate",
                        Double.toString(asked.learningRate()),
                        "epochs",
                        Integer.toString(asked.epochs()),
                        "batch",
                        Integer.toString(asked.batch())));
    }
}
