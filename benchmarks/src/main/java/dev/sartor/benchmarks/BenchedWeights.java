package dev.sartor.benchmarks;

import dev.sartor.model.Precision;
import picocli.CommandLine.Option;

/// How the measured model's weights are held.
final class BenchedWeights {
    @Option(
            names = "--weights",
            paramLabel = "TYPE",
            description =
                    "How weights are held: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Precision type = Precision.INT8;
}
