package dev.sartor.benchmarks;

import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.documents.source.BeirFiles;
import dev.sartor.evaluate.retrieval.TrecRun;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.SearchSettings;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.tensor.DType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "retrieval",
        description = {
            "Search a BEIR collection in each way that Sartor has.",
            "By words, by meaning, fused by rank, by score, and as usual, which is by score with a share of the whole document's vector.",
            "Writes a TREC run for each; `sartor evaluate retrieval` measures them."
        },
        footer = {
            "",
            "Example: sartor bench retrieval --model all-minilm-l6-v2 --corpus corpus.jsonl --queries queries.jsonl --out runs --json"
        })
final class BenchRetrievalCommand implements Callable<Integer> {
    private static final int DOCUMENTS = 100;
    private static final ChunkSettings WHOLE = new ChunkSettings(8192, 0);

    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(
            names = "--corpus",
            required = true,
            paramLabel = "FILE",
            description = "Documents: rows {\"_id\", \"title\", \"text\"}.")
    Path corpus = Path.of("");

    @Option(
            names = "--queries",
            required = true,
            paramLabel = "FILE",
            description = "Questions: rows {\"_id\", \"text\"}.")
    Path queries = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the runs and the index are kept.")
    Path out = Path.of("");

    @Option(
            names = "--whole",
            description =
                    "One passage for each document, its vector of as much as the embedder reads.")
    boolean whole;

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description = "How words are compared, as in `sartor index` (${DEFAULT-VALUE}).")
    Analysis language = Analysis.AUTO;

    BenchRetrievalCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        ways().keySet()
                .forEach(way ->
                        OutputFile.refuseUnlessWritable("--out", out.resolve(way + ".trec")));
        var asked = BeirFiles.queries(queries);
        var inquiries =
                asked.values().stream()
                        .map(text -> new PassageIndex.Query(text, Principal.local()))
                        .toList();
        var fields = new LinkedHashMap<String, Object>();
        var files = model.files(composition);
        try (var embedder = embedder(LocalEmbedder.open(model.name, files, DType.BF16));
                var index =
                        PassageIndex.open(
                                out.resolve("indexes"),
                                BeirFiles.corpus(corpus),
                                settings(),
                                Optional.of(embedder),
                                console)) {
            fields.put("passages", index.passages());
            fields.put("queries", inquiries.size());
            for (var way : ways().entrySet()) {
                long start = System.nanoTime();
                var found = index.searchAll(inquiries, depth(), way.getValue());
                double seconds = (System.nanoTime() - start) / 1e9;
                var file = out.resolve(way.getKey() + ".trec");
                TrecRun.write(file, byQuestion(List.copyOf(asked.keySet()), found), way.getKey());
                fields.put(
                        way.getKey(),
                        Map.of(
                                "run",
                                file.toString(),
                                "ms_per_query",
                                Math.round(seconds / inquiries.size() * 1e5) / 100.0));
            }
        }
        console.print(model.json ? Json.line(fields) : Json.pretty(fields));
        return 0;
    }

    private static Map<String, SearchSettings> ways() {
        var ways = new LinkedHashMap<String, SearchSettings>();
        ways.put("words", SearchSettings.of(SearchMode.BM25));
        ways.put("meaning", SearchSettings.of(SearchMode.VECTOR).withWholeDocument(0));
        var hybrid = SearchSettings.of(SearchMode.HYBRID);
        var passages = hybrid.withWholeDocument(0);
        ways.put("ranks", passages.fusedBy(new Fusion.ReciprocalRankFusion()));
        ways.put("scores", passages);
        ways.put("usual", hybrid);
        return ways;
    }

    /// Several passages of one document count once: more are read, so that a hundred documents come.
    private int depth() {
        return whole ? DOCUMENTS : 3 * DOCUMENTS;
    }

    private IndexSettings settings() {
        return new IndexSettings(whole ? WHOLE : ChunkSettings.usual(), language);
    }

    private Embedder embedder(LocalEmbedder local) {
        return whole ? new CuttingEmbedder(local, WHOLE.tokens()) : local;
    }

    private static Map<String, List<String>> byQuestion(
            List<String> ids, List<List<Passage>> found) {
        var runs = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < ids.size(); i++) {
            runs.put(
                    ids.get(i),
                    found.get(i).stream()
                            .map(Passage::document)
                            .distinct()
                            .limit(DOCUMENTS)
                            .toList());
        }
        return runs;
    }
}
