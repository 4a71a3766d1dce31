package dev.sartor.cli;

import dev.sartor.cli.console.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `sartor` without a command shows what there is.
@Command(
        name = "sartor",
        description =
                "Fits language models to a task, and says with evidence which way of fitting to ship.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.Lines.class,
        footer = {
            "",
            "Exit codes: 0 success, 1 the answer is no, 2 your mistake, 3 something is missing, 70 our defect, 130 stopped."
        })
final class SartorCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show a failure's stack trace, and log more.")
    boolean debug;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
