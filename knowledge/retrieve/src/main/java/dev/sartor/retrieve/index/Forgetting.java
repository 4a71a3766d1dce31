package dev.sartor.retrieve.index;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.text.Nearest;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.StoredPassages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Lock;

/// Deletes documents from a standing index in a folder so that no byte of them stays beside it, and keeps them out from then on. What
/// is to be forgotten is set down first: a run that ended in the midst is finished by the same command. It alone writes the index,
/// until it is closed. Not thread-safe.
public final class Forgetting implements AutoCloseable {
    private final Generations generations;
    private final Clock clock;
    private final Lock lock;

    /// What was deleted.
    ///
    /// @param documents those that were named, and those with the same content under other paths
    /// @param generations whose segments with deleted documents were written anew
    /// @param removed generations that nobody searches any more, and parts of some that were never joined
    /// @param caches folders beside the generations that held what was fetched or was being written
    /// @param before the bytes of the index's folder
    public record Forgotten(
            List<Document> documents,
            List<Integer> generations,
            List<String> removed,
            List<String> caches,
            long before,
            long after) {}

    /// A document that is deleted.
    ///
    /// @param passages in the generation that had most of them; 0 where it was left out, or deleted before
    /// @param isCopy whether its content, not its path, was named
    public record Document(String path, int passages, boolean isCopy) {}

    private Forgetting(Generations generations, Clock clock, Lock lock) {
        this.generations = generations;
        this.clock = clock;
        this.lock = lock;
    }

    /// @throws SartorException a user's error where it is no index, is in a database, or another process writes it
    public static Forgetting open(IndexStorage storage, Clock clock) {
        if (!(storage instanceof FolderStorage(Path folder))) {
            throw SartorException.user(
                    storage
                            + " is in a database, from which no document is forgotten: delete it in the source and run `sartor index`,"
                            + " then `VACUUM FULL` in the database, whose backups and write-ahead log are its keeper's.");
        }
        if (!FolderSource.isIndex(folder)) {
            throw SartorException.user(
                    folder + " is not an index: make one with `sartor index SOURCE --out INDEX`.");
        }
        var generations = new Generations(folder);
        try {
            return new Forgetting(generations, clock, generations.lock());
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }

    /// @param documents their paths, all of which the index holds, or held
    /// @throws SartorException a user's error where one is unknown; nothing was changed then
    public Forgotten forget(List<String> documents, Progress progress) {
        var index = generations.index();
        try {
            long before = bytes();
            var known = states();
            var record = ForgottenDocuments.read(index);
            refuseUnknown(documents, known, record);
            for (var path : documents) {
                record = record.with(path, "", clock.instant());
                for (var state : known.getOrDefault(path, List.of())) {
                    record = record.with(path, state.sha256(), clock.instant());
                }
            }
            record.write(index);
            var kept = new ArrayList<Integer>();
            var removed = new ArrayList<String>();
            for (int generation : generations.all()) {
                if (isOver(generation)) {
                    Folders.delete(generations.folder(generation));
                    removed.add(Integer.toString(generation));
                } else {
                    purge(generation, record, progress);
                    kept.add(generation);
                }
            }
            removed.addAll(generations.removeParts());
            var caches = removeCaches();
            return new Forgotten(
                    deleted(documents, known, record), kept, removed, caches, before, bytes());
        } catch (IOException e) {
            throw AtomicFile.failure(index, e);
        }
    }

    /// Lets the next run take documents in again.
    ///
    /// @throws SartorException a user's error where one was not forgotten; nothing was changed then
    public void allowAgain(List<String> documents) {
        var index = generations.index();
        try {
            var record = ForgottenDocuments.read(index);
            for (var path : documents) {
                if (!record.holds(path, "")) {
                    throw SartorException.user(
                            shown(path)
                                    + " was not forgotten in "
                                    + index
                                    + ": give --allow-again the path as it was given when it was.");
                }
            }
            for (var path : documents) {
                record = record.without(path);
            }
            record.write(index);
        } catch (IOException e) {
            throw AtomicFile.failure(index, e);
        }
    }

    /// Nobody will ever search it: an older one, or one without a commit.
    private boolean isOver(int generation) throws IOException {
        return generation < generations.current().orElse(0)
                || generations.madeWith(generation).isEmpty();
    }

    /// What each generation knows of each path.
    private Map<String, List<DocumentState>> states() throws IOException {
        var known = new HashMap<String, List<DocumentState>>();
        for (int generation : generations.all()) {
            if (!isOver(generation)) {
                try (var writing = open(generation)) {
                    writing.states()
                            .forEach((path, state) ->
                                    known.computeIfAbsent(path, _ -> new ArrayList<>()).add(state));
                }
            }
        }
        return known;
    }

    private LuceneWriting open(int generation) throws IOException {
        var with = generations.madeWith(generation).orElseThrow();
        return LuceneWriting.open(generations.folder(generation), with);
    }

    private void refuseUnknown(
            List<String> documents,
            Map<String, List<DocumentState>> known,
            ForgottenDocuments record)
            throws IOException {
        for (var path : documents) {
            if (!known.containsKey(path) && !record.holds(path, "") && !wasThere(path)) {
                throw SartorException.user(
                        generations.index()
                                + " holds no document "
                                + shown(path)
                                + "."
                                + Nearest.hint(path, known.keySet())
                                + " Nothing was forgotten.");
            }
        }
    }

    /// Whether a segment still holds what was deleted of it before.
    private boolean wasThere(String path) throws IOException {
        for (int generation : generations.all()) {
            if (!isOver(generation)) {
                try (var writing = open(generation)) {
                    var reader = writing.stored().reader();
                    if (reader.docFreq(new Term(StoredPassages.OWNER, path)) > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void purge(int generation, ForgottenDocuments record, Progress progress)
            throws IOException {
        progress.say("Writing generation " + generation + " without them.");
        try (var writing = open(generation)) {
            writing.forget(record);
        }
    }

    /// What was fetched is fetched again at the next run; nobody fetches now, as the lock is ours.
    private List<String> removeCaches() throws IOException {
        var caches = new ArrayList<String>();
        var fetched = generations.index().resolve(FolderSource.FETCHED);
        if (Files.isDirectory(fetched)) {
            Folders.delete(fetched);
            caches.add(FolderSource.FETCHED);
        }
        AtomicFile.sweep(generations.index());
        return caches;
    }

    private static List<Document> deleted(
            List<String> documents,
            Map<String, List<DocumentState>> known,
            ForgottenDocuments record) {
        var named = new HashSet<>(documents);
        var deleted = new TreeMap<String, Document>();
        for (var path : named) {
            deleted.put(
                    path, new Document(path, passages(known.getOrDefault(path, List.of())), false));
        }
        known.forEach((path, states) -> {
            boolean isGone = states.stream().anyMatch(each -> record.holds(path, each.sha256()));
            if (isGone && !named.contains(path)) {
                deleted.put(path, new Document(path, passages(states), true));
            }
        });
        return List.copyOf(deleted.values());
    }

    private static int passages(List<DocumentState> states) {
        return states.stream().mapToInt(DocumentState::passages).max().orElse(0);
    }

    private long bytes() throws IOException {
        try (var files = Files.walk(generations.index())) {
            return files.filter(Files::isRegularFile).mapToLong(Forgetting::size).sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A path may hold anything, such as a line's end.
    private static String shown(String path) {
        return path.codePoints().anyMatch(Character::isISOControl)
                ? dev.sartor.core.Json.line(path)
                : path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Forgetting.class).warn("giving the lock back", e);
        }
    }
}
