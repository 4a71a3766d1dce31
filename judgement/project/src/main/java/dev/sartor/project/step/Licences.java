package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// What happens to code under no permissive licence.
public record Licences(
        @Setting(
                        means =
                                "What becomes of rows whose licence is not known: keep or remove. Those under a licence that is"
                                        + " not permissive are removed.",
                        fallback = "keep",
                        example = "remove")
                Unknown unknown) {}
