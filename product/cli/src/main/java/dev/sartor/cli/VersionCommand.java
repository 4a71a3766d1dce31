package dev.sartor.cli;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.console.Version;
import dev.sartor.core.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "version",
        description = "Show Sartor's version and what it runs on.",
        footer = {"", "Example: sartor version --json"})
final class VersionCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var version = new Version();
        console.print(json ? Json.pretty(version) : String.join("\n", version.lines()));
        return 0;
    }
}
