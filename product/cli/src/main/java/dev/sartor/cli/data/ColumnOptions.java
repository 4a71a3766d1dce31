package dev.sartor.cli.data;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Which fields of rows count.
final class ColumnOptions {
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
}
