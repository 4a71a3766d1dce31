package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// @param most a share
public record Toxicity(
        @Setting(
                        means =
                                "The largest share of a row's words that may stand on the list. Quotations and words that a group"
                                        + " uses of itself count, too: look at removed.jsonl.",
                        fallback = "0.05",
                        example = "0.05",
                        least = 0,
                        most = 1)
                double most) {}
