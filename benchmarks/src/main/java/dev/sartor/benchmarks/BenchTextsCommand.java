package dev.sartor.benchmarks;

import dev.sartor.cli.console.TextRows;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.model.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "texts",
        description = {
            "Answer questions one by one and side by side, in the weights named and in f32.",
            "Measures the share of texts that differ, and how near the two best tokens are where they part."
        },
        footer = {
            "",
            "Example: sartor bench texts --model smollm2-135m-instruct --jsonl questions.jsonl --weights bf16 --json"
        })
final class BenchTextsCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(
            names = "--weights",
            paramLabel = "TYPE",
            description =
                    "How weights are held: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Precision weights = Precision.BF16;

    @Option(
            names = "--jsonl",
            paramLabel = "FILE",
            required = true,
            description = "Questions: a JSON string, or an object with a text, on each line.")
    Path jsonl = Path.of("");

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "The most of a text (default: ${DEFAULT-VALUE}).")
    int tokens = 48;

    @Option(
            names = "--streams",
            paramLabel = "N",
            description = "Texts side by side (default: ${DEFAULT-VALUE}).")
    int streams = 16;

    BenchTextsCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        Problems.refuseUnless(tokens >= 1, "--tokens", "at least 1", tokens, "48 is usual");
        Problems.refuseUnless(streams >= 2, "--streams", "at least 2", streams, "16 is usual");
        var questions = TextRows.read(jsonl);
        var console = composition.console();
        var files = model.files(composition);
        try (var bench = new TextsBench(model.name, files, weights, tokens, streams)) {
            var result = bench.run(questions, console);
            console.print(model.json ? Json.line(fields(result)) : text(result));
        }
        return 0;
    }

    private Map<String, Object> fields(TextsBench.Result result) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", model.name);
        fields.put("weights", weights.word());
        fields.put("texts", result.texts());
        fields.put("tokens_said", result.said());
        fields.put("streams", streams);
        fields.put("streams_against_alone", margins(result.together()));
        fields.put("alone_against_f32", margins(result.rounded()));
        fields.put("streams_against_f32", margins(result.roundedTogether()));
        fields.put("f32_streams_against_f32", margins(result.exactTogether()));
        return fields;
    }

    private static Map<String, Object> margins(TextsBench.Partings partings) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("differ", partings.margins().length);
        fields.put(
                "margins",
                Arrays.stream(partings.margins()).map(m -> Math.round(m * 1e4) / 1e4).toArray());
        return fields;
    }

    private String text(TextsBench.Result result) {
        return String.join(
                "\n",
                "Of " + result.texts() + " texts differ, with weights in " + weights.word() + ":",
                line("one by one against f32", result.rounded()),
                line(streams + " side by side against f32", result.roundedTogether()),
                line(streams + " side by side against one by one", result.together()),
                line(
                        "f32, " + streams + " side by side against one by one",
                        result.exactTogether()));
    }

    private static String line(String what, TextsBench.Partings partings) {
        var margins = partings.margins();
        return margins.length == 0
                ? "  " + what + ": none"
                : String.format(
                        Locale.ROOT,
                        "  %s: %d; the two best tokens are %.3f nats apart in the middle one, %.3f at most",
                        what,
                        margins.length,
                        margins[margins.length / 2],
                        margins[margins.length - 1]);
    }
}
