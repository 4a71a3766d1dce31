package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;
import java.util.Optional;

/// @param folds of the cross-validation whose probabilities count
/// @param tuned a model that judges beside the vectors
public record WrongLabels(
        @Setting(
                        means =
                                "How many folds the rows are dealt to: each is judged by a classifier that was trained without it.",
                        fallback = "5",
                        example = "5",
                        least = 2,
                        most = 20)
                int folds,
        @Setting(
                        means =
                                "An encoder that is fine-tuned on the rows, once for each fold, and judges beside the classifier on vectors:"
                                        + " as many trainings as there are folds. Without one vectors alone count.",
                        example = "all-minilm-l6-v2")
                Optional<String> tuned) {}
