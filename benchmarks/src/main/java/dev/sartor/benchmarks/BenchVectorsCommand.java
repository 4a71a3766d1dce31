package dev.sartor.benchmarks;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.console.TemporaryFolder;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.text.Size;
import dev.sartor.documents.source.BeirFiles;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.VectorTrial;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "vectors",
        description = {
            "What an index's vectors find and take in each form of `sartor index --vectors`.",
            "They are written anew aside and asked the questions: of the ten nearest passages of each, the share that the graph finds; for whoever keeps the index."
        },
        footer = {"", "Example: sartor bench vectors shelf --queries queries.jsonl"})
final class BenchVectorsCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "INDEX", description = "The index's folder.")
    Path index = Path.of("");

    @Option(
            names = "--queries",
            required = true,
            paramLabel = "FILE",
            description = "Questions: rows {\"_id\", \"text\"}.")
    Path queries = Path.of("");

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    @Mixin UseOption use = new UseOption();

    BenchVectorsCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var questions = List.copyOf(BeirFiles.queries(queries).values());
        var embedders = new HubEmbedders(composition.hub(use.use), composition.console());
        try (var aside = TemporaryFolder.create("vectors");
                var open = PersistentIndex.open(index, embedders.opening())) {
            var trials = open.vectorForms(questions, aside.path());
            composition.console().print(json ? Json.pretty(trials) : table(trials));
        }
        return 0;
    }

    private static String table(List<VectorTrial> trials) {
        var table = new Table("vectors", ">recall@10", ">ms", ">on disk", ">read by the graph");
        for (var trial : trials) {
            table.row(
                    trial.form().name().toLowerCase(Locale.ROOT),
                    String.format(Locale.ROOT, "%.4f", trial.recall()),
                    String.format(Locale.ROOT, "%.2f", trial.milliseconds()),
                    Size.mib(trial.bytes()),
                    Size.mib(trial.readBytes()));
        }
        return table.toString();
    }
}
