package dev.sartor.cli;

import dev.sartor.cli.option.Composition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What can be done with templates.
@Command(
        name = "template",
        description = "See what a chat template makes of a conversation.",
        synopsisSubcommandLabel = "COMMAND")
final class TemplateCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    private TemplateCommand() {}

    static CommandLine line(Composition composition) {
        return new CommandLine(new TemplateCommand())
                .addSubcommand(new TemplateRenderCommand(composition));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
