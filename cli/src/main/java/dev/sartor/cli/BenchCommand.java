package dev.sartor.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Measure how fast this machine does the work.",
        footer = {
            "",
            "Example: sartor bench tune --model smollm2-135m-instruct --banking77 banking77 --json"
        })
final class BenchCommand {
    static CommandLine line(Composition composition) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new BenchEmbedCommand(composition))
                .addSubcommand(new BenchRetrievalCommand(composition))
                .addSubcommand(new BenchSearchCommand(composition))
                .addSubcommand(new BenchVectorsCommand(composition))
                .addSubcommand(new BenchInjectionCommand(composition))
                .addSubcommand(new BenchGenerateCommand(composition))
                .addSubcommand(new BenchAdaptersCommand(composition))
                .addSubcommand(new BenchChoicesCommand(composition))
                .addSubcommand(new BenchTokenizeCommand(composition))
                .addSubcommand(new BenchMachineCommand(composition))
                .addSubcommand(new BenchStepCommand(composition))
                .addSubcommand(new BenchTuneCommand(composition))
                .addSubcommand(new BenchTunedCommand(composition))
                .addSubcommand(new BenchTextsCommand(composition))
                .addSubcommand(new BenchWeightsCommand(composition));
    }
}
