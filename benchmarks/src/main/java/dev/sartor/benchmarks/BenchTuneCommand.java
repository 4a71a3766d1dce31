package dev.sartor.benchmarks;

import dev.sartor.cli.console.TemporaryFolder;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.Precision;
import dev.sartor.tune.TuneSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tune",
        description =
                "Tune a model with LoRA on Banking77: tokens a second, peak memory and, if asked, accuracy.",
        footer = {
            "",
            "Example: sartor bench tune --model smollm2-135m-instruct --banking77 banking77 --examples 480 --json"
        })
final class BenchTuneCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(
            names = "--banking77",
            required = true,
            description = "The folder with train.csv and test.csv.")
    Path banking77 = Path.of("");

    @Option(names = "--examples", description = "Training rows (default: ${DEFAULT-VALUE}).")
    int examples = 480;

    @Option(names = "--batch", description = "Rows in each step (default: ${DEFAULT-VALUE}).")
    int batch = 16;

    @Option(names = "--epochs", description = "Passes over the rows (default: ${DEFAULT-VALUE}).")
    int epochs = 1;

    @Option(
            names = "--learning-rate",
            description = "The schedule's peak (default: ${DEFAULT-VALUE}).")
    double learningRate = 1e-3;

    @Option(
            names = "--seed",
            description = "Of the adapter and the order of rows (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--test",
            description = "Test rows to answer afterwards (default: ${DEFAULT-VALUE}).")
    int test;

    BenchTuneCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var files = model.files(composition);
        var settings =
                TuneSettings.usual()
                        .withEpochs(epochs)
                        .withBatch(batch)
                        .withLearningRate(learningRate)
                        .withSeed(seed);
        try (var folder = TemporaryFolder.create("bench");
                var loaded =
                        LanguageModel.open(model.name, files, Precision.BF16, Clock.systemUTC())) {
            var result =
                    new TuningBench(loaded, banking77)
                            .run(examples, test, settings, folder.path(), console);
            console.print(model.json ? Json.line(fields(result)) : text(result));
        }
        return 0;
    }

    private static Map<String, Object> fields(TuningBench.Result result) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("tokens_per_second", Math.round(result.tokensPerSecond() * 10) / 10.0);
        fields.put("seconds", Math.round(result.seconds() * 10) / 10.0);
        fields.put("steps", result.steps());
        fields.put("peak_rss_mib", result.peakRssMib());
        fields.put("tokens", result.tokens());
        result.accuracy().ifPresent(a -> fields.put("accuracy", a));
        if (result.test() > 0) {
            fields.put("test", result.test());
        }
        return fields;
    }

    private static String text(TuningBench.Result result) {
        var line =
                String.format(
                        Locale.ROOT,
                        "%.0f tokens/s over %d steps, %.1f s in all, peak %d MiB",
                        result.tokensPerSecond(),
                        result.steps(),
                        result.seconds(),
                        result.peakRssMib());
        return line
                + result.accuracy()
                        .map(a ->
                                String.format(
                                        Locale.ROOT,
                                        ", %.1f %% of %d test rows right",
                                        100 * a,
                                        result.test()))
                        .orElse("");
    }
}
