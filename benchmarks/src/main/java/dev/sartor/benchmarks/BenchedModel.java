package dev.sartor.benchmarks;

import dev.sartor.cli.option.Composition;
import dev.sartor.hub.environment.Use;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which model is measured, and how the figures are printed.
final class BenchedModel {
    @Option(
            names = "--model",
            required = true,
            description = "A model's name, folder or GGUF file.")
    String name = "";

    @Option(names = "--json", description = "Print one line of JSON.")
    boolean json;

    /// Fetched where it is not here yet.
    Path files(Composition composition) {
        return composition.hub(Use.COMMERCIAL).pull(name, composition.console()).opened();
    }
}
