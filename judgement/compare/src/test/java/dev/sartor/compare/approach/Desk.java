package dev.sartor.compare.approach;

import dev.sartor.compare.Comparison;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.search.IndexSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A small project whose right answers a nearest neighbour can find.
public final class Desk {
    public static final String PROJECT =
            """
            name: desk
            documents: documents
            approaches: [zero-shot, few-shot, retrieval, tune, tune+retrieval]
            few_shot: {counts: [1, 4]}
            retrieval: {passages: [1, 2]}
            tasks:
              - name: route
                instruction: Say which team the message is for.
                labels: [billing, repair, other]
                margin: 0.08
                train: route/train.jsonl
                validation: route/validation.jsonl
                test: route/test.jsonl
              - name: answer
                instruction: Answer from the handbook.
                unanswerable: unknown
                train: answer/train.jsonl
                validation: answer/validation.jsonl
                test: answer/test.jsonl
            """;

    private static final Map<String, String> WORDS =
            Map.of("billing", "invoice", "repair", "brake", "other", "hours");

    public final Path folder;
    public final NeighbourEngines engines = new NeighbourEngines();

    public Desk(Path folder) {
        this.folder = folder;
        route("train", 0, 30);
        route("validation", 100, 12);
        route("test", 200, 90);
        answer("train", 0, 12);
        answer("validation", 12, 6);
        answer("test", 18, 12);
        for (int i = 0; i < 30; i++) {
            AtomicFile.write(
                    folder.resolve("documents/item" + i + ".md"),
                    "# Item %d\n\nThe price of item%d in crowns is price%d\n".formatted(i, i, i));
        }
    }

    private void route(String split, int from, int count) {
        var rows = new StringBuilder();
        IntStream.range(from, from + count)
                .forEach(i -> {
                    var label = new String[] {"billing", "repair", "other"}[i % 3];
                    rows.append(
                            "{\"id\": \"%s-%d\", \"text\": \"case%d about my %s\", \"label\": \"%s\"}%n"
                                    .formatted(split, i, i, WORDS.get(label), label));
                });
        AtomicFile.write(folder.resolve("route/" + split + ".jsonl"), rows.toString());
    }

    private void answer(String split, int from, int count) {
        var rows = new StringBuilder();
        IntStream.range(from, from + count)
                .forEach(i ->
                        rows.append(
                                "{\"prompt\": \"What is the price of item%d\", \"completion\": \"price%d\"}%n"
                                        .formatted(i, i)));
        AtomicFile.write(folder.resolve("answer/" + split + ".jsonl"), rows.toString());
    }

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// Each a minute after the one before.
    private long sittings;

    public Circumstances circumstances() {
        return new Circumstances(
                engines,
                name -> Optional.empty(),
                Progress.silent(),
                engines.cancellation,
                Clock.fixed(NOON.plusSeconds(60 * sittings++), ZoneOffset.UTC),
                "0.1.0-test");
    }

    public Project project(String yaml) {
        AtomicFile.write(folder.resolve(Project.FILE), yaml);
        return ProjectFile.read(folder);
    }

    /// Makes an index of the documents in `shelf`, or brings it up to date.
    public void index(Embedding embedding) {
        try (var indexer =
                        Indexer.open(
                                folder.resolve("shelf"),
                                embedding,
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                folder.resolve("documents"),
                                List.of(),
                                AccessPolicy.none(),
                                ParseLimits.usual())) {
            indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }

    public ComparisonResult compare(String yaml) {
        return new Comparison(project(yaml), folder, circumstances()).run();
    }

    public ComparisonResult compare() {
        return compare(PROJECT);
    }

    /// How often test examples were asked.
    public long testQuestions() {
        return engines.asked.stream().filter(question -> question.id().startsWith("test-")).count();
    }
}
