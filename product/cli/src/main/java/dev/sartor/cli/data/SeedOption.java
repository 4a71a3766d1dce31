package dev.sartor.cli.data;

import picocli.CommandLine.Option;

/// Where chance starts.
final class SeedOption {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    long seed = 1;
}
