package dev.sartor.cli.data;

import dev.sartor.cli.option.Composition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What is done with rows before anything learns from them.
@Command(
        name = "data",
        description = {
            "Look at rows, clean, split, mix and label them: JSONL, JSON, CSV, Parquet, text, code.",
            "The files stay as they are, but for what `forget` deletes. Every row that is removed or changed is recorded, with its reason."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: sartor data look train.jsonl",
            "         sartor data clean train.jsonl --against test.jsonl --out cleaned",
            "         sartor data clean --project my-desk"
        })
public final class DataCommand implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    private DataCommand() {}

    public static CommandLine line(Composition composition) {
        return new CommandLine(new DataCommand())
                .addSubcommand(new DataLookCommand(composition))
                .addSubcommand(new DataCleanCommand(composition))
                .addSubcommand(new DataLeaksCommand(composition))
                .addSubcommand(new DataSplitCommand(composition))
                .addSubcommand(new DataMixCommand(composition))
                .addSubcommand(new DataMakeCommand(composition))
                .addSubcommand(new DataSelectCommand(composition))
                .addSubcommand(new DataLabelCommand(composition))
                .addSubcommand(new DataFillCommand(composition))
                .addSubcommand(new DataAgreementCommand(composition))
                .addSubcommand(new DataCurveCommand(composition))
                .addSubcommand(new DataCardCommand(composition))
                .addSubcommand(new DataForgetCommand(composition));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
