package dev.sartor.cli.state;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = {
            "Write all of a state into a file, as of one moment, while servers run.",
            "The digests of keys are in it, and no key; it is for its owner alone (0600)."
        },
        footer = {"", "Example: sartor state backup --state state.db --out state.jsonl"})
final class StateBackupCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "A new file.")
    Path out = Path.of("");

    @Option(names = "--json", description = "Print what was written as JSON.")
    boolean json;

    StateBackupCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (Files.exists(out)) {
            throw SartorException.user(
                    "--out must be a new file, got " + out + ", which is there: name another one.");
        }
        var text = new StringBuilder();
        long rows = state.open().backup(line -> text.append(line).append('\n'));
        AtomicFile.write(out, text.toString());
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(
                                        Json.mapper()
                                                .createObjectNode()
                                                .put("rows", rows)
                                                .put("out", out.toString()))
                                : rows + " rows of " + state.address + " are in " + out + ".");
        return 0;
    }
}
