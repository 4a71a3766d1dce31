package dev.sartor.cli.data;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Which fields of rows count, and which embedder.
final class RowOptions {
    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            description = "The field of the text (default: the usual names, or a chat's messages).")
    Optional<String> text = Optional.empty();

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "The field of the label (default: label, category, class or intent).")
    Optional<String> label = Optional.empty();

    @Option(
            names = "--embedder",
            paramLabel = "MODEL",
            description =
                    "Makes vectors of the texts (default: the project's, else "
                            + LateEmbedder.USUAL
                            + ").")
    Optional<String> embedder = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    long seed = 1;
}
