package dev.sartor.studio.page;

import dev.sartor.compare.verdict.ComparisonJson;

/// Verdicts as pages tell them.
final class Verdicts {
    private Verdicts() {}

    static String headline(ComparisonJson.VerdictJson verdict) {
        return switch (verdict.kind()) {
            case "ship" -> "Ship " + Shown.text(verdict.candidate());
            case "nothing-meets-target" -> "Nothing meets the target";
            case "not-shown-usable" -> "Best of these, not shown to be usable";
            case "too-small-to-tell" -> "The test set is too small to tell";
            default -> Shown.text(verdict.kind());
        };
    }
}
