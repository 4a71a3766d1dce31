package dev.sartor.cli.models;

import dev.sartor.cli.benchmark.ModelsLeaderboardCommand;
import dev.sartor.cli.option.Composition;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sartor models` alone lists them.
@Command(
        name = "models",
        description = "See, fetch and remove models.",
        synopsisSubcommandLabel = "[COMMAND]")
public final class ModelsCommand implements Callable<Integer> {
    private final ModelsListCommand list;

    private ModelsCommand(ModelsListCommand list) {
        this.list = list;
    }

    public static CommandLine line(Composition composition) {
        var list = new ModelsListCommand(composition);
        return new CommandLine(new ModelsCommand(list))
                .addSubcommand(list)
                .addSubcommand(new ModelsShowCommand(composition))
                .addSubcommand(new ModelsSuggestCommand(composition))
                .addSubcommand(new ModelsLeaderboardCommand(composition))
                .addSubcommand(new ModelsPullCommand(composition))
                .addSubcommand(new ModelsRemoveCommand(composition))
                .addSubcommand(new ModelsTokenizeCommand(composition))
                .addSubcommand(new ModelsVerifyCommand(composition))
                .addSubcommand(new ModelsExportCommand(composition));
    }

    @Override
    public Integer call() {
        return list.call();
    }
}
