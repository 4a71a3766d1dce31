package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// @param action what becomes of a row with a finding
public record PersonalDataRules(
        @Setting(
                        means =
                                "redact puts a pseudonym in the finding's place, the same for the same value throughout the set; remove"
                                        + " removes the row.",
                        fallback = "redact",
                        example = "remove")
                Action action) {}
