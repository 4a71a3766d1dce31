package dev.sartor.project.setting;

import dev.sartor.project.yaml.Setting;
import java.util.Map;

/// How the embedder is fine-tuned into a classifier of the task's labels: all its weights, and a new head.
public record EncoderSettings(
        @Setting(
                        means =
                                "The highest learning rate. Encoders that are trained whole want one that is a fifth of an"
                                        + " adapter's.",
                        fallback = "2e-4",
                        example = "2e-4",
                        least = 0,
                        above = true,
                        most = 1,
                        advice = "5e-5 to 3e-4 suit most encoders.")
                double learningRate,
        @Setting(
                        means =
                                "How often each training example is met at most. The epoch that scores best on validation"
                                        + " is kept.",
                        fallback = "5",
                        example = "5",
                        least = 1,
                        most = 1000)
                int epochs,
        @Setting(
                        means = "Examples that one step learns from.",
                        fallback = "32",
                        example = "32",
                        least = 1,
                        most = 4096)
                int batch) {
    /// As a section `encoder` without any key.
    public static EncoderSettings usual() {
        return YamlBinder.usual(EncoderSettings.class);
    }

    /// As a section `tune` would say it.
    ///
    /// @param task the task's own, which says the rest
    public TuningSettings tuning(TuningSettings task) {
        return task.with(
                Map.of(
                        "method",
                        "full",
                        "parts",
                        "[]",
                        "weights",
                        "bf16",
                        "learning_rate",
                        Double.toString(learningRate),
                        "epochs",
                        Integer.toString(epochs),
                        "batch",
                        Integer.toString(batch)));
    }
}
