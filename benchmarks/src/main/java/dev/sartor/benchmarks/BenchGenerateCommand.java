package dev.sartor.benchmarks;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description =
                "Read random prompts and say random texts: tokens a second, for one stream and for several.",
        footer = {
            "",
            "Example: sartor bench generate --model smollm2-135m-instruct --prompt 512 --tokens 128 --streams 1,16 --json"
        })
final class BenchGenerateCommand implements Callable<Integer> {
    /// Tokens of the passage that is repeated.
    private static final int PASSAGE = 160;

    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(names = "--prompt", description = "Tokens of a prompt (default: ${DEFAULT-VALUE}).")
    int prompt = 512;

    @Option(names = "--tokens", description = "Tokens of a text (default: ${DEFAULT-VALUE}).")
    int tokens = 128;

    @Option(
            names = "--streams",
            split = ",",
            description = "Texts at the same time (default: ${DEFAULT-VALUE}).")
    List<Integer> streams = List.of(1, 16);

    @Option(
            names = "--adapters",
            description =
                    "Random adapters of rank 16 that the streams use in turn (default: ${DEFAULT-VALUE}).")
    int adapters;

    @Option(
            names = "--quoting",
            description =
                    "Also say texts that repeat a passage of the prompt, with tokens guessed ahead and without.")
    boolean quoting;

    @Mixin BenchedWeights weights = new BenchedWeights();

    BenchGenerateCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        Problems.refuseUnless(prompt >= 1, "--prompt", "at least 1", prompt, "512 is usual");
        Problems.refuseUnless(tokens >= 2, "--tokens", "at least 2", tokens, "128 is usual");
        var console = composition.console();
        var files = model.files(composition);
        try (var bench = new GenerationBench(files, weights.type, adapters)) {
            var prefill = bench.prefill(prompt);
            var rates = new LinkedHashMap<String, Double>();
            for (int count : streams) {
                rates.put(Integer.toString(count), tenths(bench.streams(count, prompt, tokens)));
            }
            var fields = fields(prefill, rates);
            if (quoting) {
                fields.put(
                        "quoting",
                        Map.of(
                                "guessing", tenths(bench.quoting(PASSAGE, tokens, true)),
                                "plain", tenths(bench.quoting(PASSAGE, tokens, false))));
            }
            console.print(model.json ? Json.line(fields) : text(fields, rates));
        }
        return 0;
    }

    private Map<String, Object> fields(double prefill, Map<String, Double> rates) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("prefill_tokens_per_second", tenths(prefill));
        fields.put("streams", rates);
        fields.put("weights", weights.type.word());
        fields.put("adapters", adapters);
        return fields;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String text(Map<String, Object> fields, Map<String, Double> rates) {
        return fields.get("prefill_tokens_per_second")
                + " tokens/s of prompts; "
                + (fields.containsKey("quoting")
                        ? "a quoted passage, tokens/s: " + fields.get("quoting") + "; "
                        : "")
                + rates.entrySet().stream()
                        .map(e ->
                                String.format(
                                        Locale.ROOT,
                                        "%s stream%s %.0f tokens/s",
                                        e.getKey(),
                                        e.getKey().equals("1") ? "" : "s",
                                        e.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
