package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// @param threshold a cosine
public record SemanticDuplicates(
        @Setting(
                        means =
                                "From which cosine of their vectors on two texts are duplicates. It hangs on the embedder: look"
                                        + " at removed.jsonl before it is lowered.",
                        fallback = "0.97",
                        example = "0.97",
                        least = 0.5,
                        most = 1,
                        advice = "0.95 to 0.99 suit all-minilm-l6-v2.")
                double threshold) {}
