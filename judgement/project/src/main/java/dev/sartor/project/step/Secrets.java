package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// @param action what becomes of a row with a finding
public record Secrets(
        @Setting(
                        means =
                                "redact puts a name of its kind in the finding's place, remove removes the row.",
                        fallback = "redact",
                        example = "remove")
                Action action) {}
