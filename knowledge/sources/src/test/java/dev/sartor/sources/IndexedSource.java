package dev.sartor.sources;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.DocumentColumns;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.DocumentSources;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.IndexReport;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Remote sources with their standing index, each run with a source of its own, as two commands one after the other have.
final class IndexedSource {
    static final IndexReport.Counts UNCHANGED = new IndexReport.Counts(3, 0, 0, 0, 0, 0);
    static final IndexReport.Counts ADDED = new IndexReport.Counts(0, 3, 0, 0, 0, 0);
    static final IndexReport.Counts CHANGED = new IndexReport.Counts(2, 0, 1, 0, 0, 0);
    static final IndexReport.Counts REMOVED = new IndexReport.Counts(2, 0, 0, 0, 1, 0);
    static final IndexReport.Counts RELABELLED = new IndexReport.Counts(1, 0, 0, 0, 0, 1);

    final Path root;
    final Map<String, String> environment = new HashMap<>();
    AccessPolicy access = AccessPolicy.everyone();
    List<String> privateHosts = List.of("localhost", "127.0.0.1");
    WebClient.Bounds bounds =
            new WebClient.Bounds(
                    3, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(4), 3);

    IndexedSource(Path root) {
        this.root = root;
    }

    IndexReport run(String... sources) {
        var local =
                new DocumentSources(
                        List.of(), DocumentColumns.usual(), access, ParseLimits.usual());
        var remote =
                new RemoteSources(
                                local,
                                root.resolve("index/sources"),
                                privateHosts,
                                name -> Optional.ofNullable(environment.get(name)),
                                Clock.systemUTC())
                        .within(bounds);
        try (var indexer =
                        Indexer.open(
                                root.resolve("index"),
                                Embedding.none(),
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var source = remote.open(List.of(sources))) {
            return indexer.run(source, false, Progress.silent(), new Cancellation());
        }
    }

    IndexReport.Counts counts(String... sources) {
        return run(sources).counts();
    }

    List<String> found(String query, String... who) {
        try (var open =
                PersistentIndex.open(
                        root.resolve("index"),
                        _ -> {
                            throw new AssertionError("no embedder");
                        })) {
            return open.search(query, 5, new Principal(Set.of(who)), SearchMode.BM25).stream()
                    .map(finding -> finding.passage().document())
                    .distinct()
                    .toList();
        }
    }

    /// The documents that a model is shown for a question.
    List<String> shown(String question) {
        try (var open =
                PersistentIndex.open(
                        root.resolve("index"),
                        _ -> {
                            throw new AssertionError("no embedder");
                        })) {
            var asked =
                    new Question(
                            "q",
                            List.of(Message.user(question)),
                            new AnswerForm.FreeText(8),
                            Sampling.greedy(),
                            Principal.local());
            var settings = new RetrievalSettings(3, SearchMode.BM25, false);
            return new Retriever(open, settings, Fusion.usual())
                    .find(List.of(asked)).getFirst().stream()
                            .map(Passage::document)
                            .distinct()
                            .toList();
        }
    }

    String settings(String name, String yaml) throws IOException {
        return Files.writeString(root.resolve(name + ".source.yaml"), yaml).toString();
    }
}
