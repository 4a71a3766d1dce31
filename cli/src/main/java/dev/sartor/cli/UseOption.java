package dev.sartor.cli;

import dev.sartor.hub.Use;
import picocli.CommandLine.Option;

/// What the models are for, where no project says it.
final class UseOption {
    @Option(
            names = "--use",
            paramLabel = "USE",
            description =
                    "What for: personal, research or commercial (the default); licences are held against it.")
    Use use = Use.COMMERCIAL;
}
