package dev.sartor.cli.console;

import java.nio.file.Path;
import java.util.Optional;

/// What the launcher found out about the place that Sartor runs in.
///
/// @param columns the width of the terminal that shows the error output; 0 where it is none
/// @param colour whether the standard output is a terminal that may be coloured
/// @param interactive whether somebody sits at a terminal and can be asked
/// @param cache the folder that the launcher's caches lie in
public record Surroundings(int columns, boolean colour, boolean interactive, Path cache) {
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                Integer.getInteger("sartor.columns", 0),
                Boolean.getBoolean("sartor.colour"),
                Boolean.getBoolean("sartor.interactive"),
                Optional.ofNullable(System.getProperty("sartor.cache"))
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "sartor")));
    }
}
