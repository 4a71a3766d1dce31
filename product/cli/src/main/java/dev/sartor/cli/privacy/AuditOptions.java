package dev.sartor.cli.privacy;

import dev.sartor.core.Problems;
import dev.sartor.privacy.AuditSettings;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How much an audit looks at.
final class AuditOptions {
    @Option(
            names = "--rows",
            paramLabel = "N",
            description =
                    "Training rows, and held-out ones, whose membership is inferred (default: ${DEFAULT-VALUE}).")
    int rows = AuditSettings.usual().rows();

    @Option(
            names = "--alternatives",
            paramLabel = "N",
            description =
                    "Secrets that each canary's is ranked among (default: ${DEFAULT-VALUE}, for up to 10 bits).")
    int alternatives = AuditSettings.usual().alternatives();

    @Option(
            names = "--prompts",
            paramLabel = "N",
            description =
                    "Beginnings of rows that the model goes on with (default: ${DEFAULT-VALUE}).")
    int prompts = AuditSettings.usual().prompts();

    @Option(
            names = "--verbatim",
            paramLabel = "TOKENS",
            description =
                    "So many tokens in a row count as a row given away (default: ${DEFAULT-VALUE}).")
    int verbatim = AuditSettings.usual().verbatim();

    @Option(
            names = "--minutes",
            paramLabel = "MINUTES",
            description = "End after so long; the report says what was cut.")
    Optional<Double> minutes = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of whatever is drawn (default: ${DEFAULT-VALUE}).")
    long seed = AuditSettings.usual().seed();

    AuditSettings settings() {
        minutes.ifPresent(most ->
                Problems.refuseUnless(
                        most > 0 && most <= 100_000,
                        "--minutes",
                        "over 0 and at most 100000",
                        most,
                        "10 suit a small model"));
        return new AuditSettings(
                rows,
                alternatives,
                prompts,
                verbatim,
                seed,
                minutes.map(most -> Duration.ofMillis((long) (most * 60_000))));
    }
}
