package dev.sartor.benchmarks;

import dev.sartor.cli.console.InputFile;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.text.Size;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "weights",
        description = {
            "Hold a model with rounded weights against the same in bf16, on a text.",
            "In windows of 512 tokens: perplexity, KL divergence, the share of positions with the same likeliest token, and memory."
        },
        footer = {
            "",
            "Example: sartor bench weights --model smollm2-135m-instruct --text book.txt --weights int8 --json"
        })
final class BenchWeightsCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Mixin BenchedWeights weights = new BenchedWeights();

    @Option(names = "--text", paramLabel = "FILE", required = true, description = "A text, UTF-8.")
    Path text = Path.of("");

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "The text's first alone (default: ${DEFAULT-VALUE}).")
    int tokens = 4096;

    BenchWeightsCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        Problems.refuseUnless(tokens >= 2, "--tokens", "at least 2", tokens, "4096 is usual");
        var read = InputFile.text(text);
        var console = composition.console();
        try (var bench = new WeightsBench(model.files(composition), weights.type, read, tokens)) {
            var result = bench.run(console);
            console.print(model.json ? Json.line(fields(result)) : text(result));
        }
        return 0;
    }

    private Map<String, Object> fields(WeightsBench.Result result) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", model.name);
        fields.put("weights", weights.type.word());
        fields.put("positions", result.positions());
        fields.put("perplexity_bf16", rounded(result.perplexityInBf16(), 1e4));
        fields.put("perplexity", rounded(result.perplexity(), 1e4));
        fields.put("kl_divergence", rounded(result.divergence(), 1e6));
        fields.put("same_likeliest", rounded(result.sameLikeliest(), 1e4));
        fields.put("weights_mib_bf16", rounded(result.bytesInBf16() / 1048576.0, 10));
        fields.put("weights_mib", rounded(result.bytes() / 1048576.0, 10));
        return fields;
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }

    private String text(WeightsBench.Result result) {
        return String.format(
                Locale.ROOT,
                "%s: perplexity %.2f (bf16 %.2f), KL divergence %.4f, the same likeliest token at %.1f %% of %d positions, weights %s (bf16 %s)",
                weights.type.word(),
                result.perplexity(),
                result.perplexityInBf16(),
                result.divergence(),
                100 * result.sameLikeliest(),
                result.positions(),
                Size.mib(result.bytes()),
                Size.mib(result.bytesInBf16()));
    }
}
