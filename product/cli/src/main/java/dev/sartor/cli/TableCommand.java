package dev.sartor.cli;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.TableCommands;
import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

@Command(
        name = "table",
        description = {
            "Work on tables that are too large for one machine, by Apache Spark.",
            "",
            "embed, answer, score, duplicates, leaks, index: each with --spark MASTER, which brings Spark, such as"
                    + " local[4], spark://host:7077, yarn or k8s://…; --help after them says more."
        },
        footer = {
            "",
            "Example: sartor table embed --spark local[4] reviews.parquet --column text --out vectors",
            "         sartor table index --spark spark://host:7077 corpus.parquet --out shelf --public"
        })
final class TableCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    @Unmatched List<String> others = new ArrayList<>();

    static CommandLine line(Composition composition) {
        var line = new CommandLine(new TableCommand());
        ServiceLoader.load(TableCommands.class)
                .forEach(each -> each.commands(composition).forEach(line::addSubcommand));
        return line;
    }

    /// Reached where no command is named, or none is on the class path.
    @Override
    public void run() {
        if (spec.subcommands().isEmpty()) {
            throw SartorException.missing(
                    "Spark and Sartor's connector to it are not on the class path: name a master with --spark, such as"
                            + " `sartor table embed --spark local[4] …`, in a checkout of Sartor, which builds the"
                            + " connector; SPARK_HOME names the Spark to use, else the one that it was built with is.");
        }
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
