package dev.sartor.benchmarks;

import dev.sartor.cli.console.TextRows;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.retrieve.text.InjectionScore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "injection",
        description = {
            "Score texts by how much they look as if they told a model what to do.",
            "The score is that of retrieval.drop_injections."
        },
        footer = {"", "Example: sartor bench injection --jsonl passages.jsonl --json"})
final class BenchInjectionCommand implements Callable<Integer> {
    private final Composition composition;

    @Option(
            names = "--jsonl",
            required = true,
            paramLabel = "FILE",
            description = "Texts, one a line, each {\"text\": …} or a JSON string.")
    Path rows = Path.of("");

    @Option(names = "--json", description = "Print every text's score as JSON.")
    boolean json;

    BenchInjectionCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var texts = TextRows.read(rows);
        var score = InjectionScore.usual();
        long start = System.nanoTime();
        var scores = texts.stream().map(score::of).toList();
        double micros = (System.nanoTime() - start) / 1e3 / texts.size();
        long flagged = scores.stream().filter(each -> each >= score.threshold()).count();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("texts", texts.size());
        fields.put("flagged", flagged);
        fields.put("threshold", score.threshold());
        fields.put("microseconds_per_text", Math.round(micros));
        fields.put("scores", scores);
        composition
                .console()
                .print(
                        json
                                ? Json.line(fields)
                                : String.format(
                                        Locale.ROOT,
                                        "%d of %d texts are flagged (score %.3f or more)",
                                        flagged,
                                        texts.size(),
                                        score.threshold()));
        return 0;
    }
}
