package dev.sartor.cli;

import dev.sartor.compare.Library;
import dev.sartor.compare.Project;
import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.SearchMode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "search",
        description = "Search the project's documents, as the retrieval candidates do.",
        footer = {"", "Example: sartor search \"How long is the notice?\" --k 3"})
final class SearchCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "QUERY", description = "What to look for.")
    String query = "";

    @Option(names = "--k", description = "How many passages at most (${DEFAULT-VALUE}).")
    int k = 5;

    @Option(
            names = "--mode",
            description = "How: hybrid (the default), bm25 (by words), vector (by meaning).")
    SearchMode mode = SearchMode.HYBRID;

    @Option(names = "--json", description = "Print the passages as JSON.")
    boolean json;

    @Mixin ProjectOption project = new ProjectOption();

    SearchCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var found = passages(project.read());
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

    private List<Passage> passages(Project read) {
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
            return library.index().search(query, k, Principal.local(), mode);
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
