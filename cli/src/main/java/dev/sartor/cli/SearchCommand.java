package dev.sartor.cli;

import dev.sartor.compare.Library;
import dev.sartor.compare.Project;
import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.evaluate.Qrels;
import dev.sartor.evaluate.TrecRun;
import dev.sartor.retrieve.BeirFiles;
import dev.sartor.retrieve.PassageIndex;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.WeightTrial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "search",
        description = "Search the project's documents, as the retrieval candidates do.",
        footer = {
            "",
            "Example: sartor search \"How long is the notice?\" --k 3",
            "         sartor search --queries queries.jsonl --trec run.trec --k 100"
        })
final class SearchCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(arity = "0..1", paramLabel = "QUERY", description = "What to look for.")
    Optional<String> query = Optional.empty();

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            description =
                    "Questions in place of QUERY: rows {\"_id\", \"text\"}, as BEIR has them.")
    Optional<Path> queries = Optional.empty();

    @Option(
            names = "--trec",
            paramLabel = "RUN",
            description =
                    "Where the documents found for --queries are written, for `sartor evaluate retrieval`.")
    Optional<Path> trec = Optional.empty();

    @Option(
            names = "--qrels",
            paramLabel = "FILE",
            description =
                    "Which documents answer --queries: prints how well each retrieval.word_weight finds them.")
    Optional<Path> qrels = Optional.empty();

    @Option(names = "--k", description = "How many passages at most (${DEFAULT-VALUE}).")
    int k = 5;

    @Option(
            names = "--mode",
            description = "How: hybrid (the default), bm25 (by words), vector (by meaning).")
    SearchMode mode = SearchMode.HYBRID;

    @Option(
            names = "--likeness",
            paramLabel = "SHARE",
            description =
                    "How much a passage loses for being like one above it, 0 to 1 (${DEFAULT-VALUE}).")
    double likeness;

    @Option(
            names = "--join",
            description = "Show passages that follow one another in a document as one.")
    boolean join;

    @Option(names = "--json", description = "Print the passages as JSON.")
    boolean json;

    @Mixin ProjectOption project = new ProjectOption();

    SearchCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        boolean ofFile = trec.isPresent() || qrels.isPresent();
        if (query.isPresent() == queries.isPresent() || queries.isPresent() != ofFile) {
            throw SartorException.user(
                    "search needs a QUERY, or --queries FILE with --trec RUN or --qrels FILE: name one"
                            + " of the two");
        }
        if (query.isPresent()) {
            return searchOne(query.get());
        }
        var asked = BeirFiles.queries(queries.orElseThrow());
        trec.ifPresent(file -> searchAll(asked, file));
        qrels.ifPresent(file -> tryWeights(asked, Qrels.read(file)));
        return 0;
    }

    private int searchOne(String text) {
        var found = search(List.of(text)).getFirst();
        var console = composition.console();
        if (json) {
            console.print(Json.pretty(json(found)));
        } else if (found.isEmpty()) {
            console.print("Nothing was found.");
        } else {
            for (int i = 0; i < found.size(); i++) {
                console.print(text(i + 1, found.get(i)));
            }
        }
        return 0;
    }

    private void searchAll(Map<String, String> asked, Path file) {
        var found = search(List.copyOf(asked.values()));
        var run = new LinkedHashMap<String, List<String>>();
        asked.keySet().forEach(id -> run.put(id, documents(found.get(run.size()))));
        TrecRun.write(file, run, "sartor-" + mode.name().toLowerCase(Locale.ROOT));
        composition
                .console()
                .print(
                        "%,d questions searched; the documents of their best %,d passages are in %s"
                                .formatted(run.size(), k, file));
    }

    private void tryWeights(Map<String, String> asked, Qrels judged) {
        var texts = new ArrayList<String>();
        var relevant = new ArrayList<Set<String>>();
        asked.forEach((id, text) -> {
            var documents =
                    judged.relevant(TrecRun.field(id)).stream()
                            .map(TrecRun::id)
                            .collect(Collectors.toSet());
            if (!documents.isEmpty()) {
                texts.add(text);
                relevant.add(documents);
            }
        });
        if (texts.isEmpty()) {
            throw SartorException.user(
                    "--qrels names no relevant document for any of the questions in --queries: the"
                            + " ids of the questions must be the same in both");
        }
        var trials = inLibrary(library -> library.index().weights(inquiries(texts), relevant));
        var best = Collections.max(trials, Comparator.comparingDouble(WeightTrial::ndcg));
        if (json) {
            composition.console().print(Json.pretty(trials));
            return;
        }
        var table = new Table(">word_weight", ">nDCG@10", "");
        trials.forEach(trial ->
                table.row(
                        String.format(Locale.ROOT, "%.2f", trial.words()),
                        String.format(Locale.ROOT, "%.4f", trial.ndcg()),
                        trial.equals(best) ? "best" : ""));
        composition
                .console()
                .print(table + String.format(Locale.ROOT, "%n%,d questions", texts.size()));
    }

    private static List<String> documents(List<Passage> passages) {
        return passages.stream().map(Passage::document).distinct().toList();
    }

    private List<List<Passage>> search(List<String> texts) {
        return inLibrary(library -> {
            var settings = library.index().usual(mode).lessAlike(likeness);
            return library.index()
                    .searchAll(inquiries(texts), k, join ? settings.joiningNeighbours() : settings);
        });
    }

    private static List<PassageIndex.Inquiry> inquiries(List<String> texts) {
        return texts.stream()
                .map(text -> new PassageIndex.Inquiry(text, Principal.local()))
                .toList();
    }

    private <T> T inLibrary(Function<Library, T> work) {
        var read = project.read();
        var documents =
                read.documents()
                        .orElseThrow(() ->
                                SartorException.user(
                                        Project.FILE
                                                + " names no documents: add `documents: FOLDER` to search one"));
        try (var engines =
                        new LocalEngines(
                                composition.hub(read.use()),
                                composition.console(),
                                read.weights(),
                                composition.weights());
                var embedder = engines.embedder(read.embedder());
                var library =
                        Library.open(
                                documents,
                                project.absolute(),
                                read.retrieval(),
                                embedder,
                                composition.console())) {
            return work.apply(library);
        }
    }

    private static String text(int rank, Passage passage) {
        var place =
                passage.document() + (passage.section().isEmpty() ? "" : " › " + passage.section());
        return String.format(Locale.ROOT, "%d. %s (%.4f)%n", rank, place, passage.score())
                + passage.text().strip().indent(3);
    }

    private static ArrayNode json(List<Passage> found) {
        var json = Json.mapper().createArrayNode();
        for (var passage : found) {
            json.addObject()
                    .put("id", passage.id())
                    .put("document", passage.document())
                    .put("section", passage.section())
                    .put("text", passage.text())
                    .put("score", passage.score());
        }
        return json;
    }
}
