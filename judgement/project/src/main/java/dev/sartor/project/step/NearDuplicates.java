package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// @param threshold a similarity, 0.7 to 1
public record NearDuplicates(
        @Setting(
                        means =
                                "How alike two texts must be to be near duplicates: the Jaccard coefficient of their runs of characters, or one"
                                        + " minus their edit distance over the longer length, whichever is more. 0.8 finds what"
                                        + " has up to 15 % of its characters edited, and of short texts many that are asked by two people.",
                        fallback = "0.9",
                        example = "0.8",
                        least = 0.7,
                        most = 1,
                        advice = "0.9 suits messages, 0.8 documents.")
                double threshold) {}
