package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.IndexBuilder;
import dev.sartor.retrieve.search.StoredPassages;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.retrieve.text.Chunker;
import dev.sartor.retrieve.text.InjectionScore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run over a standing index: what others may no longer read and what is gone comes first, then what is new. Not
/// thread-safe.
final class IndexRun {
    /// So many documents are read at once.
    private static final int DOCUMENTS = 128;

    /// So many texts are embedded at once: those of like length are computed together.
    private static final int TEXTS = 256;

    /// A crash costs at most about so many vectors, or so much time.
    private static final int VECTORS = 512;

    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(5);

    private final DocumentSource shelf;
    private final Optional<Embedder> embedder;
    private final IndexedWith with;
    private final Progress progress;
    private final Cancellation cancellation;
    private int embedded;
    private int reused;
    private int suspicious;
    private long readingNanos;

    IndexRun(
            DocumentSource shelf,
            Optional<Embedder> embedder,
            IndexedWith with,
            Progress progress,
            Cancellation cancellation) {
        this.shelf = shelf;
        this.embedder = embedder;
        this.with = with;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    int embedded() {
        return embedded;
    }

    int reused() {
        return reused;
    }

    /// Passages that were written, of documents that are not curated, and look like an instruction to a model.
    int suspicious() {
        return suspicious;
    }

    Duration reading() {
        return Duration.ofNanos(readingNanos);
    }

    /// @return the plan that was carried out
    IndexPlan into(IndexWriting writing, ForgottenDocuments forgotten, boolean rehash, Instant now)
            throws IOException {
        var known = writing.states();
        var plan = IndexPlan.of(shelf, known, forgotten, rehash, now);
        boolean clears = false;
        for (var state : plan.relabelled()) {
            relabel(state, known.get(state.path()), writing);
            clears = true;
        }
        for (var path : plan.gone()) {
            if (!plan.moved().contains(path)) {
                writing.remove(path);
                clears = true;
            }
        }
        if (clears) {
            writing.commit();
        }
        read(plan.read(), writing);
        if (!plan.read().isEmpty()) {
            writing.settle(embedded + reused, progress);
        }
        if (!plan.moved().isEmpty()) {
            for (var path : plan.moved()) {
                writing.remove(path);
            }
            writing.commit();
        }
        return plan;
    }

    /// All of the shelf, beside what was written before; none of it may be there yet.
    void add(IndexWriting writing, Instant now) throws IOException {
        var plan =
                IndexPlan.of(shelf, Map.of(), ForgottenDocuments.none(), /* rehash= */ false, now);
        read(plan.read(), writing);
    }

    /// Passages carry rule and metadata, so that these can filter: they are written again, with the vectors they have.
    private void relabel(DocumentState state, @Nullable DocumentState before, IndexWriting writing)
            throws IOException {
        if (before != null
                && state.rule().equals(before.rule())
                && state.metadata().equals(before.metadata())) {
            writing.restate(state);
            return;
        }
        var readers = state.readers();
        writing.replace(
                state,
                writing.stored().of(state.path()).stream()
                        .map(passage -> passage.readableBy(readers))
                        .toList());
    }

    private void read(List<IndexPlan.ToRead> all, IndexWriting writing) throws IOException {
        if (all.isEmpty()) {
            return;
        }
        var committed = Instant.now();
        try (var step = progress.begin("indexing", all.size(), "documents")) {
            for (int from = 0; from < all.size(); from += DOCUMENTS) {
                var batch = all.subList(from, Math.min(from + DOCUMENTS, all.size()));
                write(batch, writing, step);
                boolean due =
                        Duration.between(committed, Instant.now()).compareTo(BETWEEN_COMMITS) > 0;
                if (due || writing.uncommitted() >= VECTORS) {
                    writing.commit();
                    committed = Instant.now();
                }
                stopIfAsked(writing);
            }
            writing.commit();
        }
    }

    private void stopIfAsked(IndexWriting writing) throws IOException {
        if (cancellation.isAsked()) {
            writing.commit();
            throw SartorException.stopped(
                    "Stopped. What was indexed is kept: the same command goes on from there.");
        }
    }

    private void write(List<IndexPlan.ToRead> batch, IndexWriting writing, Progress.Step step)
            throws IOException {
        var readable = batch.stream().filter(each -> each.failure().isEmpty()).toList();
        var readings = new HashMap<String, DocumentSource.Reading>();
        long begun = System.nanoTime();
        for (var reading :
                shelf.read(readable.stream().map(IndexPlan.ToRead::listed).toList(), step)) {
            readings.put(reading.listed().path(), reading);
        }
        readingNanos += System.nanoTime() - begun;
        var builder = new IndexBuilder(with.settings(), embedder, progress);
        var chunker = new Chunker(with.settings().chunks(), builder.tokens());
        var chunks = new HashMap<String, List<Chunk>>();
        readings.forEach((path, reading) ->
                chunks.put(
                        path,
                        reading.document()
                                .map(read -> builder.chunks(read, chunker))
                                .orElse(List.of())));
        var vectors =
                vectors(chunks.values().stream().flatMap(List::stream).toList(), builder, writing);
        for (var each : batch) {
            var reading = readings.get(each.listed().path());
            if (reading == null || reading.document().isEmpty()) {
                var failure = reading == null ? each.failure() : reading.failure();
                writing.replace(
                        DocumentState.failed(each.listed(), each.stamp(), each.sha256(), failure),
                        List.of());
                continue;
            }
            var own = chunks.getOrDefault(each.listed().path(), List.of());
            if (!each.listed().metadata().isCurated()) {
                suspicious +=
                        (int)
                                own.stream()
                                        .filter(chunk -> InjectionScore.usual().flags(chunk.text()))
                                        .count();
            }
            writing.replace(
                    state(each, reading.document().get(), own, builder),
                    own.stream()
                            .map(chunk ->
                                    new StoredPassages.Embedded(
                                            chunk,
                                            Optional.ofNullable(
                                                    vectors.get(StoredPassages.content(chunk)))))
                            .toList());
        }
    }

    private static DocumentState state(
            IndexPlan.ToRead read, Document document, List<Chunk> chunks, IndexBuilder builder) {
        return new DocumentState(
                read.listed().path(),
                read.stamp(),
                read.sha256(),
                document.title(),
                AccessRules.text(document.readers()),
                chunks.size(),
                builder.overlong(chunks),
                DocumentState.languages(chunks),
                read.listed().metadata(),
                "");
    }

    /// The vector of each passage by its content: known ones are not computed again.
    private Map<String, float[]> vectors(
            List<Chunk> chunks, IndexBuilder builder, IndexWriting writing) throws IOException {
        var vectors = new HashMap<String, float[]>();
        if (!with.hasVectors()) {
            return vectors;
        }
        var unknown = new HashMap<String, Chunk>();
        vectors.putAll(
                writing.vectorsOf(
                        chunks.stream().map(StoredPassages::content).collect(Collectors.toSet())));
        for (var chunk : chunks) {
            var content = StoredPassages.content(chunk);
            if (vectors.containsKey(content)) {
                reused++;
            } else if (unknown.putIfAbsent(content, chunk) != null) {
                reused++;
            }
        }
        var todo = new ArrayList<>(unknown.keySet());
        for (int from = 0; from < todo.size(); from += TEXTS) {
            var batch = todo.subList(from, Math.min(from + TEXTS, todo.size()));
            var made = builder.vectors(batch.stream().map(unknown::get).toList());
            for (int i = 0; i < made.size(); i++) {
                vectors.put(batch.get(i), made.get(i));
            }
            embedded += made.size();
        }
        return vectors;
    }
}
