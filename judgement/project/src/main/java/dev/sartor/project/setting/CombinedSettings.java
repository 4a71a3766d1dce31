package dev.sartor.project.setting;

import dev.sartor.project.yaml.Setting;

/// How tuning and retrieval go together.
public record CombinedSettings(
        @Setting(
                        means =
                                "Whether to train a second adapter on prompts that hold passages. It learns to use"
                                        + " them, and the training takes several times as long; otherwise the adapter of"
                                        + " the approach 'tune' is used.",
                        fallback = "false",
                        example = "false")
                boolean ownTraining) {}
