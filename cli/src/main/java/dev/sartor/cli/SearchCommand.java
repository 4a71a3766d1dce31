package dev.sartor.cli;

import dev.sartor.compare.Library;
import dev.sartor.compare.Project;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.model.Precision;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.StandingIndex;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "search",
        description = {
            "Search an index that `sartor index` made, or the project's documents, as the retrieval"
                    + " candidates do.",
            "",
            "Of an index only what the one who asks may read is looked at."
        },
        footer = {
            "",
            "Example: sartor search \"How long is the notice?\" --k 3",
            "         sartor search shelf \"How long is the notice?\" --as ann --groups sales,support"
        })
final class SearchCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "[INDEX] QUERY",
            arity = "1..2",
            description =
                    "The index's folder, without which the project is searched; what to look for.")
    List<String> asked = List.of();

    @Option(names = "--as", paramLabel = "USER", description = "Who asks an index.")
    Optional<String> user = Optional.empty();

    @Option(
            names = "--groups",
            split = ",",
            paramLabel = "GROUP",
            description = "The groups that he is in.")
    List<String> groups = List.of();

    @Option(
            names = {"-k", "--k"},
            description = "How many passages at most (${DEFAULT-VALUE}).")
    int k = 5;

    @Option(
            names = "--mode",
            description = "How: hybrid (the default), bm25 (by words), vector (by meaning).")
    Optional<SearchMode> mode = Optional.empty();

    @Option(names = "--json", description = "Print the passages as JSON.")
    boolean json;

    @Mixin UseOption use = new UseOption();

    @Mixin ProjectOption project = new ProjectOption();

    SearchCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var query = asked.getLast();
        var found =
                asked.size() == 2
                        ? inIndex(Path.of(asked.getFirst()), query)
                        : inProject(project.read(), query);
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

    private List<Finding> inIndex(Path index, String query) {
        try (var engines =
                        new LocalEngines(
                                composition.hub(use.use),
                                composition.console(),
                                Precision.BF16,
                                composition.weights());
                var open = StandingIndex.open(index, new IndexEmbedders(engines).opening())) {
            var how =
                    mode.orElseGet(
                            () -> open.with().hasVectors() ? SearchMode.HYBRID : SearchMode.BM25);
            return open.search(query, k, principal(), how);
        }
    }

    private Principal principal() {
        if (user.isEmpty() && groups.isEmpty()) {
            return Principal.local();
        }
        var names = new HashSet<String>();
        user.ifPresent(name -> names.add("user:" + name));
        groups.forEach(name -> names.add("group:" + name));
        return new Principal(names);
    }

    private List<Finding> inProject(Project read, String query) {
        if (user.isPresent() || !groups.isEmpty()) {
            throw SartorException.user(
                    "--as and --groups ask an index, as a project's documents are everyone's: name"
                            + " the index before the question.");
        }
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
            return library
                    .index()
                    .search(query, k, Principal.local(), mode.orElse(SearchMode.HYBRID))
                    .stream()
                    .map(passage -> new Finding(passage, List.of()))
                    .toList();
        }
    }

    /// A standing index gives ranks alone: scores tell of words in passages that the asker may not read.
    private String text(int rank, Finding finding) {
        var passage = finding.passage();
        var place =
                passage.document() + (passage.section().isEmpty() ? "" : " › " + passage.section());
        var also =
                finding.alsoIn().isEmpty()
                        ? ""
                        : ("also in " + String.join(", ", finding.alsoIn())).indent(3);
        var score = asked.size() == 2 ? "" : String.format(Locale.ROOT, " (%.4f)", passage.score());
        return rank + ". " + place + score + "\n" + passage.text().strip().indent(3) + also;
    }

    private ArrayNode json(List<Finding> found) {
        var json = Json.mapper().createArrayNode();
        for (var finding : found) {
            var passage = finding.passage();
            var each =
                    json.addObject()
                            .put("id", passage.id())
                            .put("document", passage.document())
                            .put("section", passage.section())
                            .put("text", passage.text());
            each.put("rank", json.size());
            if (asked.size() == 1) {
                each.put("score", passage.score());
            }
            var also = each.putArray("also_in");
            finding.alsoIn().forEach(also::add);
        }
        return json;
    }
}
