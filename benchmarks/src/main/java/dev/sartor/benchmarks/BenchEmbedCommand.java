package dev.sartor.benchmarks;

import dev.sartor.benchmarks.labels.VectorFile;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "embed",
        description = "Embed the texts of a JSONL file in bf16: documents and tokens a second.",
        footer = {
            "",
            "Example: sartor bench embed --model all-minilm-l6-v2 --jsonl corpus.jsonl --limit 500 --json"
        })
final class BenchEmbedCommand implements Callable<Integer> {
    /// Computed before the clock starts: the first use of each shape compiles kernels.
    private static final int WARM_UP = 64;

    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(
            names = "--jsonl",
            required = true,
            description = "A JSON object on each line: its text, after its title if it has one.")
    Path jsonl = Path.of("");

    @Option(names = "--limit", description = "The first lines alone (default: ${DEFAULT-VALUE}).")
    int limit = 500;

    @Option(
            names = "--vectors-out",
            paramLabel = "FILE",
            description =
                    "Write the vectors, too: 32-bit numbers, little-endian, one row after another.")
    @Nullable Path vectorsOut;

    BenchEmbedCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var texts = texts();
        var files = model.files(composition);
        try (var embedder = LocalEmbedder.open(model.name, files, DType.BF16)) {
            embedder.embed(texts.subList(0, Math.min(WARM_UP, texts.size())));
            long tokens =
                    texts.stream()
                            .mapToInt(t -> Math.min(embedder.countTokens(t), embedder.maxTokens()))
                            .sum();
            long start = System.nanoTime();
            var vectors = embedder.embed(texts);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (vectorsOut != null) {
                VectorFile.write(vectorsOut, vectors);
            }
            var fields = new LinkedHashMap<String, Object>();
            fields.put("documents_per_second", Math.round(texts.size() / seconds * 10) / 10.0);
            fields.put("tokens_per_second", Math.round(tokens / seconds));
            fields.put("documents", texts.size());
            fields.put("seconds", Math.round(seconds * 100) / 100.0);
            console.print(model.json ? Json.line(fields) : text(fields));
        }
        return 0;
    }

    private List<String> texts() {
        var texts = new ArrayList<String>();
        try (var lines = Files.lines(jsonl)) {
            lines.filter(line -> !line.isBlank())
                    .limit(limit)
                    .forEach(line -> texts.add(text(line, texts.size() + 1)));
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + jsonl + ": " + e.getMessage(), e);
        }
        if (texts.isEmpty()) {
            throw SartorException.user(jsonl + " must hold at least one text: name another file");
        }
        return texts;
    }

    private String text(String line, int number) {
        JsonNode row = Json.mapper().readTree(line);
        if (!row.path("text").isString()) {
            throw SartorException.user(
                    jsonl + ":" + number + ": text must be a text, got " + row.path("text"));
        }
        var title = row.path("title").asString("");
        return title.isEmpty()
                ? row.path("text").stringValue()
                : title + " " + row.path("text").stringValue();
    }

    private static String text(Map<String, Object> fields) {
        return String.format(
                Locale.ROOT,
                "%s documents/s, %s tokens/s over %s documents",
                fields.get("documents_per_second"),
                fields.get("tokens_per_second"),
                fields.get("documents"));
    }
}
