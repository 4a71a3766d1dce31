package dev.sartor.cli.state;

import dev.sartor.cli.option.Composition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "state",
        description = {
            "Back up a server's state, and restore it.",
            "A backup is the same for each kind of database: by one a file of SQLite moves into PostgreSQL."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: sartor state backup --state state.db --out state.jsonl",
            "         sartor state restore state.jsonl --state postgresql://localhost/sartor"
        })
public final class StateCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    private StateCommand() {}

    public static CommandLine line(Composition composition) {
        return new CommandLine(new StateCommand())
                .addSubcommand(new StateBackupCommand(composition))
                .addSubcommand(new StateRestoreCommand(composition));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
