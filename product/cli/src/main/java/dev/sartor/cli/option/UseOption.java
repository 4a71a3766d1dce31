package dev.sartor.cli.option;

import dev.sartor.hub.environment.Use;
import picocli.CommandLine.Option;

/// What the models are for, where no project says it.
public final class UseOption {
    @Option(
            names = "--use",
            paramLabel = "USE",
            description =
                    "What for: personal, research or commercial (the default); licences are held against it.")
    public Use use = Use.COMMERCIAL;
}
