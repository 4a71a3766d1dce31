package dev.sartor.cli.prompts;

import dev.sartor.cli.option.Composition;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// A group of commands.
@Command(
        name = "prompts",
        description = "Keep, compare and promote versions of a task's prompt.",
        synopsisSubcommandLabel = "COMMAND")
public final class PromptsCommand {
    private PromptsCommand() {}

    public static CommandLine line(Composition composition) {
        return new CommandLine(new PromptsCommand())
                .addSubcommand(new PromptsSearchCommand(composition));
    }
}
