package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// @param z a robust z score
public record Outliers(
        @Setting(
                        means =
                                "How many robust standard deviations a row may lie from the others, in its length and in its"
                                        + " distance to its nearest rows.",
                        fallback = "5",
                        example = "6",
                        least = 2,
                        most = 100)
                double z) {}
