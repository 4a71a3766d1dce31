package dev.sartor.spark.command;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.TableCommands;
import java.util.List;

/// All commands under `sartor table`.
public final class SparkCommands implements TableCommands {
    @Override
    public List<Object> commands(Composition composition) {
        return List.of(
                new TableEmbedCommand(composition),
                new TableAnswerCommand(composition),
                new TableScoreCommand(composition),
                new TableDuplicatesCommand(composition),
                new TableLeaksCommand(composition),
                new TableIndexCommand(composition));
    }
}
