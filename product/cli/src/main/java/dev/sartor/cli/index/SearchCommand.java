package dev.sartor.cli.index;

import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.documents.source.BeirFiles;
import dev.sartor.evaluate.retrieval.Qrels;
import dev.sartor.evaluate.retrieval.TrecRun;
import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.search.Highlights;
import dev.sartor.retrieve.search.WeightTrial;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        description = {
            "Search an index, or the project's documents as the retrieval candidates do.",
            "",
            "Of an index that `sartor index` made, only what the one who asks may read is looked at."
        },
        footer = {
            "",
            "Example: sartor search \"How long is the notice?\" --k 3",
            "         sartor search shelf \"How long is the notice?\" --as ann --groups sales,support",
            "         sartor search shelf \"Who signs for repairs?\" --where type=pdf --where \"date>=2025-01-01\"",
            "         sartor search shelf \"How long is the notice?\" --rerank smollm2-135m-instruct",
            "         sartor search --queries queries.jsonl --trec run.trec --k 100"
        })
public final class SearchCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "[INDEX] QUERY",
            arity = "0..2",
            description =
                    "The index's folder or address, without which the project is searched; what to look for.")
    List<String> asked = List.of();

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
                    "Which of the project's documents answer --queries: prints how well each"
                            + " retrieval.bm25_weight finds them.")
    Optional<Path> qrels = Optional.empty();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(
            names = {"-k", "--k"},
            description = "How many passages at most, 1 to 1000 (${DEFAULT-VALUE}).")
    int k = 5;

    @Option(
            names = "--mode",
            description = "How: hybrid (the default), bm25 (by words), vector (by meaning).")
    Optional<SearchMode> mode = Optional.empty();

    @Option(
            names = "--mmr-lambda",
            paramLabel = "SHARE",
            description =
                    "How much a passage counts itself, 0 to 1; the rest counts against being like one above it (${DEFAULT-VALUE}).")
    double mmrLambda = 1;

    @Option(
            names = "--join",
            description =
                    "Show the project's passages that follow one another in a document as one.")
    boolean join;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description =
                    "Look only at documents that fit, such as type=pdf, \"date>=2025-01-01\","
                            + " path=contracts, \"path=**/*.md\" or a field of their rows; with =, !=, <=, >=;"
                            + " of several all must hold.")
    List<String> where = List.of();

    @Mixin RerankOptions reranking = new RerankOptions();

    @Option(names = "--json", description = "Print the passages as JSON.")
    boolean json;

    @Mixin UseOption use = new UseOption();

    @Mixin ProjectOption project = new ProjectOption();

    public SearchCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        refuseOtherForms();
        SearchBounds.checkCount(k);
        trec.ifPresent(file -> OutputFile.refuseUnlessWritable("--trec", file));
        if (queries.isEmpty()) {
            var question = asked.getLast();
            SearchBounds.checkQuestion("QUERY", question);
            var found = place().search(List.of(question), how());
            var colour = composition.surroundings().colour();
            var highlights = new Highlights(question, found.words());
            show(found.findings().getFirst(), new FindingsText(!isOfIndex(), highlights, colour));
            return 0;
        }
        var questions = BeirFiles.queries(queries.get());
        SearchBounds.checkQuestions(queries.get(), questions);
        trec.ifPresent(file -> write(questions, file));
        qrels.ifPresent(file -> tryWeights(questions, Qrels.read(file)));
        return 0;
    }

    private void refuseOtherForms() {
        boolean ofFile = trec.isPresent() || qrels.isPresent();
        if (asked.size() == most() + 1
                || (asked.isEmpty() && queries.isEmpty())
                || queries.isPresent() != ofFile) {
            throw SartorException.user(
                    "search needs a QUERY, or --queries FILE with --trec RUN or --qrels FILE, either of them"
                            + " behind an INDEX or not: name one of the two");
        }
        if (isOfIndex() && (join || qrels.isPresent())) {
            throw SartorException.user(
                    "--join and --qrels are for a project's documents: leave the index out, or the option");
        }
        if (!isOfIndex() && asker.areGiven()) {
            throw SartorException.user(
                    "--as and --groups ask an index, as a project's documents are everyone's: name"
                            + " the index before the question.");
        }
    }

    /// Words beside the options.
    private int most() {
        return queries.isPresent() ? 1 : 2;
    }

    private boolean isOfIndex() {
        return asked.size() == most();
    }

    private SearchPlace place() {
        return isOfIndex()
                ? new IndexPlace(
                        composition, IndexStorage.at(asked.getFirst()), use.use, asker.principal())
                : new ProjectPlace(composition, project);
    }

    private SearchPlace.How how() {
        return new SearchPlace.How(
                k, mode, mmrLambda, join, reranking.rerank(), Conditions.parsed(where));
    }

    private void show(List<Finding> found, FindingsText shown) {
        var console = composition.console();
        if (json) {
            console.print(Json.pretty(shown.json(found)));
        } else if (found.isEmpty()) {
            console.print("Nothing was found.");
        } else {
            for (int i = 0; i < found.size(); i++) {
                console.print(shown.text(i + 1, found.get(i)));
            }
        }
    }

    private void write(Map<String, String> questions, Path file) {
        var found = place().search(List.copyOf(questions.values()), how()).findings();
        var run = new LinkedHashMap<String, List<String>>();
        questions.keySet().forEach(id -> run.put(id, documents(found.get(run.size()))));
        var name =
                mode.map(each -> each.name().toLowerCase(Locale.ROOT))
                        .orElse(isOfIndex() ? "index" : "hybrid");
        TrecRun.write(file, run, "sartor-" + name);
        composition
                .console()
                .print(
                        String.format(
                                Locale.ROOT,
                                "%,d questions searched; the documents of their best %,d passages are in %s",
                                run.size(),
                                k,
                                file));
    }

    private static List<String> documents(List<Finding> findings) {
        return findings.stream().map(each -> each.passage().document()).distinct().toList();
    }

    private void tryWeights(Map<String, String> questions, Qrels judged) {
        var weights = new ProjectPlace(composition, project).weights(questions, judged);
        var trials = weights.trials();
        var best = Collections.max(trials, Comparator.comparingDouble(WeightTrial::ndcg));
        if (json) {
            composition.console().print(Json.pretty(trials));
            return;
        }
        var table = new Table(">bm25_weight", ">nDCG@10", "");
        trials.forEach(trial ->
                table.row(
                        String.format(Locale.ROOT, "%.2f", trial.words()),
                        String.format(Locale.ROOT, "%.4f", trial.ndcg()),
                        trial.equals(best) ? "best" : ""));
        composition
                .console()
                .print(
                        table
                                + String.format(
                                        Locale.ROOT,
                                        "\nquestions asked: %,d",
                                        weights.questions()));
    }
}
