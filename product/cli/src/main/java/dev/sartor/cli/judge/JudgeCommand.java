package dev.sartor.cli.judge;

import dev.sartor.cli.option.Composition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sartor judge` alone shows what there is.
@Command(
        name = "judge",
        description =
                "Measure the project's judge, a model that grades free text, and let it judge.",
        synopsisSubcommandLabel = "COMMAND")
public final class JudgeCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    private JudgeCommand() {}

    public static CommandLine line(Composition composition) {
        return new CommandLine(new JudgeCommand())
                .addSubcommand(new JudgeCheckCommand(composition))
                .addSubcommand(new JudgePairCommand(composition));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
