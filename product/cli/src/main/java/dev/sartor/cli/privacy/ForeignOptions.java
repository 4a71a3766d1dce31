package dev.sartor.cli.privacy;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// An adapter that is no project's: its model and its rows.
final class ForeignOptions {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Of a folder that is no project's: the model that the adapter is for.")
    Optional<String> model = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Likewise: the rows that it learned from.")
    Optional<Path> data = Optional.empty();

    @Option(
            names = "--held-out",
            paramLabel = "FILE",
            description =
                    "Likewise: rows of the same split that it never saw, nor was chosen by. Without them membership is not inferred.")
    Optional<Path> heldOut = Optional.empty();

    @Option(
            names = "--texts",
            description =
                    "The rows are whole texts that were learned whole, not questions with answers.")
    boolean texts;

    /// Whether the folder's rows are named here, not by a project.
    boolean areGiven() {
        if (model.isPresent() != data.isPresent()) {
            throw SartorException.user(
                    "--model and --data belong together: give both for a folder with an adapter that is no project's, or neither.");
        }
        if (data.isEmpty() && (heldOut.isPresent() || texts)) {
            throw SartorException.user(
                    "--held-out and --texts are about the rows of --data: name these, or leave them out.");
        }
        return data.isPresent();
    }
}
