package dev.sartor.benchmarks;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.model.Precision;
import dev.sartor.model.file.Networks;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.kernel.MachineSpeed;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "step",
        description = {
            "Time steps of LoRA on random tokens, each in the loss.",
            "Tokens a second, and the share of this machine's speed of matrix products."
        },
        footer = {
            "",
            "Example: sartor bench step --model smollm2-135m-instruct --rows 4 --length 256 --json"
        })
final class BenchStepCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(
            names = "--weights",
            paramLabel = "TYPE",
            description =
                    "How frozen weights are held: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Precision weights = Precision.BF16;

    @Option(names = "--rows", description = "Rows in each step (default: ${DEFAULT-VALUE}).")
    int rows = 4;

    @Option(names = "--length", description = "Tokens of each row (default: ${DEFAULT-VALUE}).")
    int length = 256;

    @Option(names = "--steps", description = "Steps that are timed (default: ${DEFAULT-VALUE}).")
    int steps = 5;

    @Option(names = "--rank", description = "Of the adapter (default: ${DEFAULT-VALUE}).")
    int rank = 16;

    @Option(
            names = "--gradient-checkpointing",
            description = "Keep each block's input alone, and compute the rest again.")
    boolean gradientCheckpointing;

    BenchStepCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var files = model.files(composition);
        var settings =
                TuneSettings.usual()
                        .with(TuneMethod.Lora.of(rank, 2 * rank))
                        .withGradientCheckpointing(gradientCheckpointing);
        try (var decoder = Networks.trainable(files, weights, DType.BF16)) {
            double before = MachineSpeed.bf16Gflops();
            var result = new StepBench(decoder, settings).run(rows, length, steps);
            double machine = Math.max(before, MachineSpeed.bf16Gflops());
            var fields = fields(result, machine);
            fields.put("weights_mib", decoder.weightBytes() >> 20);
            composition.console().print(model.json ? Json.line(fields) : text(result, machine));
        }
        return 0;
    }

    private static Map<String, Object> fields(StepBench.Result result, double machine) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("tokens_per_second", rounded(result.tokensPerSecond()));
        fields.put("gflop_per_token", Math.round(result.gflopPerToken() * 1e4) / 1e4);
        fields.put("gflops", rounded(result.gflops()));
        fields.put("machine_gflops", rounded(machine));
        fields.put("share", Math.round(result.gflops() / machine * 1e3) / 1e3);
        fields.put("loss", Math.round(result.loss() * 1e4) / 1e4);
        fields.put("peak_rss_mib", result.peakRssMib());
        return fields;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String text(StepBench.Result result, double machine) {
        return String.format(
                Locale.ROOT,
                "%.0f tokens/s at %.3f GFLOP each: %.0f GFLOP/s, %.0f %% of the %.0f that products of 2048×2048 reach; peak %d MiB",
                result.tokensPerSecond(),
                result.gflopPerToken(),
                result.gflops(),
                100 * result.gflops() / machine,
                machine,
                result.peakRssMib());
    }
}
