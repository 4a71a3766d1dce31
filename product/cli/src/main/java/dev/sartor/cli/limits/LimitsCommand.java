package dev.sartor.cli.limits;

import dev.sartor.cli.option.Composition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "limits",
        description = {
            "Say how much keys and tenants may use of a server, what tokens cost, and what was used.",
            "A server that was started with the same --state heeds what is said here within a second."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: sartor limits set --state state.db --tenant acme --tokens-per-minute 100000 --concurrent 4",
            "         sartor limits set --state state.db --each-key --requests-per-minute 60",
            "         sartor limits price '*' --state state.db --prompt 0.15 --completion 0.60",
            "         sartor limits usage --state state.db --month 2026-12"
        })
public final class LimitsCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    private LimitsCommand() {}

    public static CommandLine line(Composition composition) {
        return new CommandLine(new LimitsCommand())
                .addSubcommand(new LimitsSetCommand(composition))
                .addSubcommand(new LimitsListCommand(composition))
                .addSubcommand(new LimitsRemoveCommand(composition))
                .addSubcommand(new LimitsPriceCommand(composition))
                .addSubcommand(new LimitsUsageCommand(composition));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
