package dev.sartor.benchmarks;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "choices",
        description = {
            "Score random labels behind random prompts.",
            "The prompt is computed once for all labels of it, and anew for each."
        },
        footer = {
            "",
            "Example: sartor bench choices --model smollm2-135m-instruct --prefix 400 --choices 77 --json"
        })
final class BenchChoicesCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(names = "--prefix", description = "Tokens of a prompt (default: ${DEFAULT-VALUE}).")
    int prefix = 400;

    @Option(names = "--choices", description = "Labels of a prompt (default: ${DEFAULT-VALUE}).")
    int choices = 77;

    @Mixin BenchedWeights weights = new BenchedWeights();

    BenchChoicesCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        Problems.refuseUnless(prefix >= 1, "--prefix", "at least 1", prefix, "400 is usual");
        Problems.refuseUnless(choices >= 1, "--choices", "at least 1", choices, "77 is usual");
        var console = composition.console();
        var files = model.files(composition);
        try (var bench = new ChoicesBench(files, weights.type)) {
            var result = bench.run(prefix, choices);
            console.print(model.json ? Json.line(fields(result)) : text(result));
        }
        return 0;
    }

    private Map<String, Object> fields(ChoicesBench.Result result) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("ratio", Math.round(result.ratio() * 10) / 10.0);
        fields.put("shared_seconds", Math.round(result.sharedSeconds() * 1000) / 1000.0);
        fields.put("alone_seconds", Math.round(result.aloneSeconds() * 1000) / 1000.0);
        fields.put("greatest_difference", result.greatestDifference());
        fields.put("prefix", prefix);
        fields.put("choices", choices);
        fields.put("weights", weights.type.word());
        return fields;
    }

    private static String text(ChoicesBench.Result result) {
        return String.format(
                Locale.ROOT,
                "%.1f times as fast: %.3f s with the prompt shared, %.3f s without; log-likelihoods differ by %.1e at most",
                result.ratio(),
                result.sharedSeconds(),
                result.aloneSeconds(),
                result.greatestDifference());
    }
}
