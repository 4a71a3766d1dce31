package dev.sartor.cli.state;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Put a backup into a state that holds nothing: all of it, or none.",
        footer = {
            "",
            "Example: sartor state restore state.jsonl --state postgresql://localhost/sartor"
        })
final class StateRestoreCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "FILE", description = "A backup.")
    Path file = Path.of("");

    @Mixin StateOption state = new StateOption();

    @Option(names = "--json", description = "Print what was restored as JSON.")
    boolean json;

    StateRestoreCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var lines = lines();
        long rows = state.open().restore(lines);
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(Json.mapper().createObjectNode().put("rows", rows))
                                : rows + " rows of " + file + " are in " + state.address + ".");
        return 0;
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw SartorException.user(
                    file + " cannot be read: name a file that `sartor state backup` wrote.", e);
        }
    }
}
