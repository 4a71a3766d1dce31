package dev.sartor.benchmarks;

import dev.sartor.cli.console.TemporaryFolder;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.generate.LanguageModel;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "adapters",
        description = {
            "Answer random prompts with many random adapters in the same batches.",
            "Each text is held against the one given alone."
        },
        footer = {
            "",
            "Example: sartor bench adapters --model smollm2-135m-instruct --adapters 200 --in-use 50 --requests 1000 --json"
        })
final class BenchAdaptersCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(names = "--adapters", description = "On disk (default: ${DEFAULT-VALUE}).")
    int adapters = 200;

    @Option(
            names = "--in-use",
            description = "Of them asked for, at random (default: ${DEFAULT-VALUE}).")
    int inUse = 50;

    @Option(
            names = "--slots",
            description = "Adapters on at the same time (default: ${DEFAULT-VALUE}).")
    int slots = 8;

    @Option(names = "--requests", description = "In all (default: ${DEFAULT-VALUE}).")
    int requests = 1000;

    @Option(names = "--together", description = "Requests at a time (default: ${DEFAULT-VALUE}).")
    int together = 16;

    @Mixin BenchedWeights weights = new BenchedWeights();

    BenchAdaptersCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var files = model.files(composition);
        try (var folder = TemporaryFolder.create("adapters");
                var loaded =
                        LanguageModel.open(model.name, files, weights.type, Clock.systemUTC())) {
            var traffic = new AdapterBench.Traffic(adapters, inUse, slots, requests, together);
            var result = new AdapterBench(loaded, folder.path()).run(traffic);
            console.print(model.json ? json(result) : text(result));
            return result.different() == 0 ? 0 : 1;
        }
    }

    private String json(AdapterBench.Result result) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("adapters", adapters);
        fields.put("in_use", inUse);
        fields.put("slots", slots);
        fields.put("requests", requests);
        fields.put("weights", weights.type.word());
        fields.put("same", result.same());
        fields.put("near_ties", result.nearTies());
        fields.put("different", result.different());
        fields.put("seconds", Math.round(result.seconds() * 10) / 10.0);
        fields.put(
                "resident_mib",
                result.memory().stream().map(AdapterBench.Memory::resident).toList());
        fields.put("pages_mib", result.memory().stream().map(AdapterBench.Memory::pages).toList());
        return Json.line(fields);
    }

    private static String text(AdapterBench.Result result) {
        return String.format(
                Locale.ROOT,
                "%d texts as alone, %d part at a near tie, %d differ; %.1f s, memory in MiB %s",
                result.same(),
                result.nearTies(),
                result.different(),
                result.seconds(),
                result.memory());
    }
}
