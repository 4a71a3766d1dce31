package dev.sartor.benchmarks;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.tensor.kernel.MachineSpeed;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "machine",
        description =
                "Time products of 2048×2048 matrices in bf16, so that times of two machines, or of one at two hours, can be"
                        + " compared: billions of operations a second, the best of 8.",
        footer = {"", "Example: sartor bench machine --json"})
final class BenchMachineCommand implements Callable<Integer> {
    private final Composition composition;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    BenchMachineCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        double gflops = Math.round(MachineSpeed.bf16Gflops() * 10) / 10.0;
        composition
                .console()
                .print(
                        json
                                ? Json.line(Map.of("bf16_gflops", gflops))
                                : String.format(Locale.ROOT, "%.0f GFLOP/s in bf16", gflops));
        return 0;
    }
}
