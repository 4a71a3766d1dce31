package dev.sartor.cli.keys;

import dev.sartor.cli.option.Composition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        description = {
            "Make, list, rotate and revoke the keys of a server's callers.",
            "A server that was started with the same --state heeds what is said here from the next request on."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: sartor keys create --state state.db --user ann --groups sales --expires 90d",
            "         sartor keys list --state state.db",
            "         sartor serve --model smollm2-135m-instruct --state state.db"
        })
public final class KeysCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    private KeysCommand() {}

    public static CommandLine line(Composition composition) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysCreateCommand(composition))
                .addSubcommand(new KeysListCommand(composition))
                .addSubcommand(new KeysRotateCommand(composition))
                .addSubcommand(new KeysRevokeCommand(composition));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
