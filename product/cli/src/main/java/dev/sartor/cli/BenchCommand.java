package dev.sartor.cli;

import dev.sartor.cli.option.BenchmarkCommands;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.SartorException;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measure how fast this machine does the work.",
        footer = {
            "",
            "Example: sartor bench tune --model smollm2-135m-instruct --banking77 banking77 --json"
        })
final class BenchCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    static CommandLine line(Composition composition) {
        var line = new CommandLine(new BenchCommand());
        ServiceLoader.load(BenchmarkCommands.class)
                .forEach(each -> each.commands(composition).forEach(line::addSubcommand));
        return line;
    }

    /// Reached where no benchmark is named, or none is on the class path.
    @Override
    public void run() {
        if (spec.subcommands().isEmpty()) {
            throw SartorException.missing(
                    "the benchmarks are not on the class path: start them by `./sartor bench` in a checkout of Sartor");
        }
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
