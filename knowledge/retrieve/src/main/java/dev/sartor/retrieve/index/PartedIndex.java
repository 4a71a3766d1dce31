package dev.sartor.retrieve.index;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseReport;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.text.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.store.Lock;
import org.slf4j.LoggerFactory;

/// A generation of a standing index that is made anew of parts, which others write beside it, in other processes and on other
/// machines that see the same folder. Until all of them are in it, the generation before is searched. It alone writes the
/// index, until it is closed. Not thread-safe.
public final class PartedIndex implements AutoCloseable {
    private final Generations generations;
    private final IndexedWith with;
    private final Lock lock;
    private final Path parts;

    private PartedIndex(Generations generations, IndexedWith with, Lock lock, Path parts) {
        this.generations = generations;
        this.with = with;
        this.lock = lock;
        this.parts = parts;
    }

    /// @param index its folder; made where there is none
    public static PartedIndex begin(Path index, Embedding embedding, IndexSettings settings) {
        var generations = new Generations(index.toAbsolutePath().normalize());
        try {
            var lock = generations.lock();
            var with = IndexedWith.now(embedding, settings);
            return new PartedIndex(generations, with, lock, generations.parts());
        } catch (IOException e) {
            throw AtomicFile.failure(index, e);
        }
    }

    /// What each part must be made with.
    public IndexedWith with() {
        return with;
    }

    /// Under which each part has a folder of its own; gone with the close.
    public Path parts() {
        return parts;
    }

    /// Joins the parts to a generation, which is searched from now on. What else lies under {@link #parts} is left out.
    ///
    /// @param names of the folders of those that are whole, each once, no two of which hold one document
    /// @param embedded passages whose vectors were computed
    /// @param reused passages whose vectors were known
    public IndexReport join(
            List<String> names, int embedded, int reused, Progress progress, Duration before) {
        long begun = System.nanoTime();
        try {
            int generation = generations.next();
            try (var writing = LuceneWriting.open(generations.folder(generation), with);
                    var step = progress.begin("joining parts", names.size(), "parts")) {
                writing.takeOver(names.stream().map(this::part).toList(), step);
                var forgotten = ForgottenDocuments.read(generations.index());
                int out = writing.count(forgotten);
                if (out > 0) {
                    writing.forget(forgotten);
                }
                writing.settle(embedded + reused, progress);
                var states = writing.states().values();
                generations.serve(generation);
                return new IndexReport(
                        new IndexReport.Counts(0, states.size(), 0, 0, 0, 0),
                        embedded,
                        reused,
                        states.stream()
                                .filter(DocumentState::hasFailed)
                                .map(state ->
                                        new ParseReport.Unreadable(state.path(), state.failure()))
                                .sorted(Comparator.comparing(ParseReport.Unreadable::path))
                                .toList(),
                        ReaderCounts.of(states),
                        List.of(),
                        DocumentState.languagesOf(states).getOrDefault(Analysis.ANY, 0),
                        0,
                        out,
                        generation,
                        Duration.ZERO,
                        before.plusNanos(System.nanoTime() - begun));
            }
        } catch (IOException e) {
            throw AtomicFile.failure(generations.index(), e);
        }
    }

    private Path part(String name) {
        var folder = parts.resolve(name);
        if (!Files.isDirectory(folder)) {
            throw SartorException.missing(
                    "a part of the index is not in "
                            + parts
                            + " on this machine: those who write the parts and this process must see one"
                            + " folder; name one on a file system that they share.");
        }
        return folder;
    }

    @Override
    public void close() {
        try {
            Folders.delete(parts);
        } catch (IOException e) {
            LoggerFactory.getLogger(PartedIndex.class).warn("removing parts", e);
        }
        try {
            lock.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(PartedIndex.class).warn("closing the lock", e);
        }
    }
}
