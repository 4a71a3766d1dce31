package dev.sartor.cli;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.console.Surroundings;
import dev.sartor.cli.console.VectorModule;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Loads the Vector API and runs a few light commands in one process, so that the ahead-of-time cache that the launcher
/// makes knows their classes. What they print goes nowhere.
final class WarmUp {
    private WarmUp() {}

    public static void main(String[] args) {
        VectorModule.load();
        var nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var surroundings = new Surroundings(100, true, false, Surroundings.ofThisProcess().cache());
        var console = new Console(System.in, nowhere, nowhere, surroundings, System::nanoTime);
        for (var command :
                new String[] {
                    "--help",
                    "--version",
                    "version",
                    "version --json",
                    "version --help",
                    "models list",
                    "models list --json",
                    "no-such-command"
                }) {
            var _ = new Main(console, surroundings).run(command.split(" "));
        }
    }
}
