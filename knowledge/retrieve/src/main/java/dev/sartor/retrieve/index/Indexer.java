package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.text.Analysis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps a standing index at what its shelf holds. It alone writes the index, from its opening until it is closed; others
/// search it meanwhile. Killed at any moment, the next one goes on from the last commit. Not thread-safe.
public final class Indexer implements AutoCloseable {
    private final IndexKeeping keeping;
    private final IndexedWith with;
    private final LazyEmbedder embedder;
    private final Clock clock;
    private Optional<Writable> writable = Optional.empty();

    private record Writable(int generation, IndexWriting writing) {}

    private Indexer(IndexKeeping keeping, IndexedWith with, LazyEmbedder embedder, Clock clock) {
        this.keeping = keeping;
        this.with = with;
        this.embedder = embedder;
        this.clock = clock;
    }

    /// @param index the folder of the index; made where there is none
    public static Indexer open(
            Path index, Embedding embedding, IndexSettings settings, Clock clock) {
        return open(IndexStorage.at(index), embedding, settings, clock);
    }

    /// The same wherever it is kept.
    public static Indexer open(
            IndexStorage storage, Embedding embedding, IndexSettings settings, Clock clock) {
        try {
            return new Indexer(
                    storage.keep(),
                    IndexedWith.now(embedding, settings),
                    new LazyEmbedder(embedding),
                    clock);
        } catch (IOException e) {
            throw AtomicFile.failure(Path.of(storage.toString()), e);
        }
    }

    /// Brings the index to what the shelf holds now.
    ///
    /// @param rehash whether every document's content is looked at, also where its stamp is as before
    public IndexReport run(
            DocumentSource shelf, boolean rehash, Progress progress, Cancellation cancellation) {
        var begun = clock.instant();
        try {
            var open = writable();
            Optional<Embedder> model = with.hasVectors() ? Optional.of(embedder) : Optional.empty();
            var run = new IndexRun(shelf, model, with, progress, cancellation);
            var plan = run.into(open.writing(), keeping.forgotten(), rehash, begun);
            if (!keeping.current().equals(Optional.of(open.generation()))) {
                keeping.serve(open.generation());
            }
            return report(plan, run, open, shelf, Duration.between(begun, clock.instant()));
        } catch (IOException e) {
            release();
            throw keeping.failure(e);
        } catch (IllegalStateException e) {
            release();
            throw told(e);
        } catch (SartorException e) {
            release();
            throw e;
        }
    }

    /// Segments are merged on another thread; what fails there closes the writer, and is told at its next use.
    private RuntimeException told(IllegalStateException e) {
        return e.getCause() instanceof IOException cause ? keeping.failure(cause) : e;
    }

    /// Looks again and again, until it is asked to stop. A source that cannot be listed for a while, or a full disk, ends
    /// nothing: it is said, once, and tried again.
    ///
    /// @param changed is told of each run that found something to do
    public void follow(
            DocumentSource shelf,
            Duration between,
            Progress progress,
            Cancellation cancellation,
            Consumer<IndexReport> changed) {
        var said = "";
        while (!cancellation.isAsked()) {
            try {
                Thread.sleep(between);
                var report = run(shelf, false, progress, cancellation);
                if (!report.counts().changesNothing()) {
                    changed.accept(report);
                }
                said = "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (SartorException e) {
                if (e.kind() == SartorException.Kind.STOPPED) {
                    return;
                }
                if (e.kind() == SartorException.Kind.DEFECT) {
                    throw e;
                }
                var message = e.getMessage() + " It is tried again.";
                if (!said.equals(message)) {
                    progress.say(message);
                }
                said = message;
            }
        }
    }

    private Writable writable() throws IOException {
        if (writable.isEmpty()) {
            int generation = keeping.writable(with);
            writable = Optional.of(new Writable(generation, keeping.open(generation, with)));
        }
        return writable.orElseThrow();
    }

    private static IndexReport report(
            IndexPlan plan, IndexRun run, Writable open, DocumentSource shelf, Duration took)
            throws IOException {
        var failed = new ArrayList<ParseReport.Unreadable>(shelf.remarks());
        for (var state : open.writing().states().values()) {
            if (state.hasFailed()) {
                failed.add(new ParseReport.Unreadable(state.path(), state.failure()));
            }
        }
        failed.sort(Comparator.comparing(ParseReport.Unreadable::path));
        return new IndexReport(
                plan.counts(),
                run.embedded(),
                run.reused(),
                failed,
                ReaderCounts.of(open.writing().states().values()),
                shelf.unusedRules(),
                DocumentState.languagesOf(open.writing().states().values())
                        .getOrDefault(Analysis.ANY, 0),
                run.suspicious(),
                plan.forgotten(),
                open.generation(),
                run.reading(),
                took);
    }

    private void release() {
        try {
            if (writable.isPresent()) {
                writable.get().writing().close();
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Indexer.class).warn("closing the index", e);
        }
        writable = Optional.empty();
    }

    @Override
    public void close() {
        release();
        embedder.close();
        try {
            keeping.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Indexer.class).warn("giving the lock back", e);
        }
    }
}
