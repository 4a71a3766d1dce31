package dev.sartor.cli;

import dev.sartor.hub.Use;
import picocli.CommandLine.Option;

/// What the models are for, where no project says it.
final class UseOption {
    @Option(
            names = "--use",
            paramLabel = "USE",
            description =
                    "What for: ${COMPLETION-CANDIDATES}; licences are held against it (${DEFAULT-VALUE}).")
    Use use = Use.COMMERCIAL;
}
