package dev.sartor.cli.data;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Which model makes vectors of texts.
final class EmbedderOption {
    @Option(
            names = "--embedder",
            paramLabel = "MODEL",
            description =
                    "Makes vectors of the texts (default: the project's, else "
                            + LateEmbedder.USUAL
                            + ").")
    Optional<String> name = Optional.empty();

    String orUsual() {
        return name.orElse(LateEmbedder.USUAL);
    }
}
