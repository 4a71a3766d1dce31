package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// @param folds of the cross-validation whose probabilities count
public record WrongLabels(
        @Setting(
                        means =
                                "How many folds the rows are dealt to: each is judged by a classifier that was trained without it.",
                        fallback = "5",
                        example = "5",
                        least = 2,
                        most = 20)
                int folds) {}
