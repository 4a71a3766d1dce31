package dev.sartor.cli.option;

import java.util.List;

/// The commands under `sartor table`, which work on tables of a Spark cluster. They stand beside the product and are found by
/// {@link java.util.ServiceLoader} where they and Spark are on the class path.
public interface TableCommands {
    /// @return picocli's commands, in the order of the help
    List<Object> commands(Composition composition);
}
