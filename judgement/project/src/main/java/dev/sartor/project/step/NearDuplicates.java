package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// @param threshold Jaccard's coefficient of the texts' shingles
public record NearDuplicates(
        @Setting(
                        means =
                                "From which Jaccard coefficient of their shingles on two texts are near duplicates. Lower"
                                        + " finds more that was edited, and more that only looks alike.",
                        fallback = "0.8",
                        example = "0.8",
                        least = 0.3,
                        most = 1,
                        advice = "0.8 is usual; 0.7 finds more.")
                double threshold) {}
