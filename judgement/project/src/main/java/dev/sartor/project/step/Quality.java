package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;

/// Which limits count.
public record Quality(
        @Setting(
                        means =
                                "rows: short texts such as messages, of which only repetition and symbols are limited; documents:"
                                        + " whole pages, with all rules of Gopher (Rae et al. 2021).",
                        fallback = "rows",
                        example = "documents")
                Profile profile) {}
