package dev.sartor.cli;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.generate.LanguageModel;
import dev.sartor.hub.Use;
import dev.sartor.model.Precision;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuningBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--model",
            required = true,
            description = "A model's name, folder or GGUF file.")
    String model = "";

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

    @Option(names = "--json", description = "Print one line of JSON.")
    boolean json;

    BenchTuneCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var files = composition.hub(Use.COMMERCIAL).pull(model, console).folder();
        var settings =
                TuneSettings.usual()
                        .withEpochs(epochs)
                        .withBatch(batch)
                        .withLearningRate(learningRate)
                        .withSeed(seed);
        try (var loaded = LanguageModel.open(model, files, Precision.BF16, Clock.systemUTC())) {
            var folder = Files.createTempDirectory("sartor-bench");
            var result =
                    new TuningBench(loaded, banking77)
                            .run(examples, test, settings, folder, console);
            console.print(json ? Json.line(fields(result)) : text(result));
        } catch (IOException e) {
            throw SartorException.missing("cannot make a temporary folder: " + e.getMessage(), e);
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
