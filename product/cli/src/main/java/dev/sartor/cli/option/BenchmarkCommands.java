package dev.sartor.cli.option;

import java.util.List;

/// The commands under `sartor bench`. They stand beside the product and are found by {@link java.util.ServiceLoader} where
/// they are on the class path.
public interface BenchmarkCommands {
    /// @return picocli's commands, in the order of the help
    List<Object> commands(Composition composition);
}
