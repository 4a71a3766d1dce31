package dev.sartor.cli.runs;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sartor runs` alone lists them.
@Command(
        name = "runs",
        description = "See, compare, repeat and remove what was measured.",
        synopsisSubcommandLabel = "[COMMAND]")
public final class RunsCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin ProjectOption project = new ProjectOption();

    private RunsCommand(Composition composition) {
        this.composition = composition;
    }

    public static CommandLine line(Composition composition) {
        return new CommandLine(new RunsCommand(composition))
                .addSubcommand(new RunsListCommand(composition))
                .addSubcommand(new RunsShowCommand(composition))
                .addSubcommand(new RunsAnswersCommand(composition))
                .addSubcommand(new RunsCompareCommand(composition))
                .addSubcommand(new RunsRepeatCommand(composition))
                .addSubcommand(new RunsRebaseCommand(composition))
                .addSubcommand(new RunsRemoveCommand(composition));
    }

    @Override
    public Integer call() {
        var list = new RunsListCommand(composition);
        list.project = project;
        return list.call();
    }
}
