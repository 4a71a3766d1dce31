package dev.sartor.cli.audit;

import dev.sartor.cli.option.Composition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = {
            "Verify, query and export the log of who asked what of a server.",
            "`sartor serve --audit FOLDER` writes it."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: sartor audit verify audit --anchor /mnt/elsewhere/heads.jsonl",
            "         sartor audit query audit --user ann --since 7d"
        })
public final class AuditCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    private AuditCommand() {}

    public static CommandLine line(Composition composition) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditVerifyCommand(composition))
                .addSubcommand(new AuditQueryCommand(composition))
                .addSubcommand(new AuditExportCommand(composition));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
