package dev.sartor.cli.prompts;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sartor prompts` alone lists them.
@Command(
        name = "prompts",
        description = {
            "Keep, compare and promote versions of a task's prompt.",
            "They lie in prompts/TASK. 'prompt: promoted' in sartor.yaml has the promoted one count: for the next"
                    + " comparison, and for a server that runs at once."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {
            "",
            "Example: sartor prompts new route --instruction \"Which team is it for?\" --note shorter --project helpdesk",
            "         sartor prompts promote route VERSION --project helpdesk"
        })
public final class PromptsCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin ProjectOption project = new ProjectOption();

    private PromptsCommand(Composition composition) {
        this.composition = composition;
    }

    public static CommandLine line(Composition composition) {
        return new CommandLine(new PromptsCommand(composition))
                .addSubcommand(new PromptsListCommand(composition))
                .addSubcommand(new PromptsShowCommand(composition))
                .addSubcommand(new PromptsDiffCommand(composition))
                .addSubcommand(new PromptsNewCommand(composition))
                .addSubcommand(new PromptsPromoteCommand(composition))
                .addSubcommand(new PromptsWithdrawCommand(composition))
                .addSubcommand(new PromptsSearchCommand(composition));
    }

    @Override
    public Integer call() {
        var list = new PromptsListCommand(composition);
        list.project = project;
        return list.call();
    }
}
