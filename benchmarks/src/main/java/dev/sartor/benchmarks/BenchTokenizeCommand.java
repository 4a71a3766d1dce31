package dev.sartor.benchmarks;

import dev.sartor.cli.console.InputFile;
import dev.sartor.cli.console.TextRows;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenTokenizer;
import dev.sartor.core.Json;
import dev.sartor.hub.environment.Use;
import dev.sartor.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "tokenize",
        description =
                "Encode and decode texts on one thread: tokens a second, over the best of several passes.",
        footer = {
            "",
            "Examples:",
            "  sartor bench tokenize --model smollm2-135m-instruct --jsonl texts.jsonl --json",
            "  sartor bench tokenize --model smollm2-135m-instruct --text book.txt"
        })
final class BenchTokenizeCommand implements Callable<Integer> {
    private static final double NANOSECONDS = 1e9;

    private final Composition composition;

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin BenchedModel model = new BenchedModel();

    @Option(
            names = "--jsonl",
            paramLabel = "FILE",
            description = "Texts, one a line, each {\"text\": …} or a JSON string.")
    Optional<Path> rows = Optional.empty();

    @Option(names = "--text", paramLabel = "FILE", description = "One text.")
    Optional<Path> text = Optional.empty();

    @Option(
            names = "--seconds",
            description =
                    "How long passes over the texts are made, after as long to warm up (default: ${DEFAULT-VALUE}).")
    double seconds = 5;

    BenchTokenizeCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (text.isPresent() == rows.isPresent()) {
            throw new ParameterException(spec.commandLine(), "either --jsonl or --text is needed");
        }
        var texts =
                rows.map(TextRows::read)
                        .orElseGet(() -> List.of(InputFile.text(text.orElseThrow())));
        var tokenizer = OpenTokenizer.of(composition, model.name, Use.COMMERCIAL).tokenizer();
        best(() -> encode(tokenizer, texts));
        var encoding = best(() -> encode(tokenizer, texts));
        var ids = texts.stream().map(each -> tokenizer.encode(each, true)).toList();
        best(() -> decode(tokenizer, ids));
        var decoding = best(() -> decode(tokenizer, ids));
        var fields = fields(texts, encoding, decoding);
        composition
                .console()
                .print(
                        model.json
                                ? Json.line(fields)
                                : String.format(
                                        Locale.ROOT,
                                        "%.2f million tokens/s encoded, %.2f million tokens/s decoded",
                                        encoding.perSecond() / 1e6,
                                        decoding.perSecond() / 1e6));
        return 0;
    }

    /// What one pass did.
    private record Pass(long tokens, long nanoseconds) {
        double perSecond() {
            return tokens * NANOSECONDS / nanoseconds;
        }
    }

    @FunctionalInterface
    private interface Work {
        long tokens();
    }

    private Pass best(Work work) {
        var best = new Pass(0, Long.MAX_VALUE);
        long end = System.nanoTime() + (long) (seconds * NANOSECONDS);
        do {
            long start = System.nanoTime();
            long tokens = work.tokens();
            long taken = Math.max(1, System.nanoTime() - start);
            if (taken < best.nanoseconds()) {
                best = new Pass(tokens, taken);
            }
        } while (System.nanoTime() < end);
        return best;
    }

    private static long encode(Tokenizer tokenizer, List<String> texts) {
        long tokens = 0;
        for (var each : texts) {
            tokens += tokenizer.encodeWithOffsets(each, true).size();
        }
        return tokens;
    }

    private static long decode(Tokenizer tokenizer, List<int[]> texts) {
        long tokens = 0;
        for (var each : texts) {
            tokens += tokenizer.decode(each, true).isEmpty() ? 0 : each.length;
        }
        return tokens;
    }

    private Map<String, Object> fields(List<String> texts, Pass encoding, Pass decoding) {
        long bytes =
                texts.stream()
                        .mapToLong(each -> each.getBytes(StandardCharsets.UTF_8).length)
                        .sum();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", model.name);
        fields.put("texts", texts.size());
        fields.put("bytes", bytes);
        fields.put("tokens", encoding.tokens());
        fields.put("encode_tokens_per_second", Math.round(encoding.perSecond()));
        fields.put(
                "encode_megabytes_per_second",
                Math.round(bytes * NANOSECONDS / encoding.nanoseconds() / 1e5) / 10.0);
        fields.put("decode_tokens_per_second", Math.round(decoding.perSecond()));
        return fields;
    }
}
