package dev.sartor.project.setting;

import dev.sartor.project.yaml.Setting;
import java.util.Map;

/// How the embedder learns which training examples have the same label, before logistic regression on its vectors.
public record SetfitSettings(
        @Setting(
                        means = "The highest learning rate, of all of the embedder's weights.",
                        fallback = "5e-5",
                        example = "5e-5",
                        least = 0,
                        above = true,
                        most = 1,
                        advice = "2e-5 to 1e-4 suit most embedders.")
                double learningRate,
        @Setting(
                        means =
                                "With how many others of its label each training example is paired. More take longer and teach"
                                        + " more, up to a point.",
                        fallback = "8",
                        example = "8",
                        least = 1,
                        most = 1000)
                int pairs,
        @Setting(
                        means =
                                "Pairs that one step learns from: each is told from those of other labels among them.",
                        fallback = "32",
                        example = "32",
                        least = 2,
                        most = 4096)
                int batch,
        @Setting(
                        means =
                                "The most training examples a label, on the mean, with which it is tried: with more, encoder"
                                        + " learns as well.",
                        fallback = "16",
                        example = "16",
                        least = 2,
                        most = 1_000_000)
                int mostPerLabel) {
    /// As a section `tune` would say it: each pair is met once.
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
                        "1",
                        "batch",
                        Integer.toString(batch)));
    }
}
