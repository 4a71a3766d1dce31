package dev.sartor.retrieve.index;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.text.Nearest;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.search.DocumentState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Deletes documents from a standing index so that no byte of them stays where it is kept, and keeps them out from then on. What is
/// to be forgotten is set down first: a run that ended in the midst is finished by the same command. It alone writes the index,
/// until it is closed. Not thread-safe.
public final class Forgetting implements AutoCloseable {
    private final IndexStorage storage;
    private final IndexKeeping keeping;
    private final Clock clock;

    /// What was deleted.
    ///
    /// @param documents those that were named, and those with the same content under other paths
    /// @param erased what became of the generations
    /// @param before the bytes of the index
    public record Forgotten(
            List<Document> documents, IndexKeeping.Erased erased, long before, long after) {}

    /// A document that is deleted.
    ///
    /// @param passages in the generation that had most of them; 0 where it was left out, or deleted before
    /// @param isCopy whether its content, not its path, was named
    public record Document(String path, int passages, boolean isCopy) {}

    private Forgetting(IndexStorage storage, IndexKeeping keeping, Clock clock) {
        this.storage = storage;
        this.keeping = keeping;
        this.clock = clock;
    }

    /// @throws SartorException a user's error where it is no index, or another process writes it
    public static Forgetting open(IndexStorage storage, Clock clock) {
        if (!storage.exists()) {
            throw SartorException.user(
                    storage + " is not an index: make one with `sartor index SOURCE --out INDEX`.");
        }
        try {
            return new Forgetting(storage, storage.keep(), clock);
        } catch (IOException e) {
            throw AtomicFile.failure(Path.of(storage.toString()), e);
        }
    }

    /// @param documents their paths, all of which the index holds, or held
    /// @throws SartorException a user's error where one is unknown; nothing was changed then
    public Forgotten forget(List<String> documents, Progress progress) {
        try {
            long before = keeping.bytes();
            var known = keeping.states();
            var record = keeping.forgotten();
            refuseUnknown(documents, known, record);
            for (var path : documents) {
                record = record.with(path, "", clock.instant());
                for (var state : known.getOrDefault(path, List.of())) {
                    record = record.with(path, state.sha256(), clock.instant());
                }
            }
            var erased = keeping.erase(record, progress);
            return new Forgotten(
                    deleted(documents, known, record), erased, before, keeping.bytes());
        } catch (IOException e) {
            throw keeping.failure(e);
        }
    }

    /// Lets the next run take documents in again.
    ///
    /// @throws SartorException a user's error where one was not forgotten; nothing was changed then
    public void allowAgain(List<String> documents) {
        try {
            var record = keeping.forgotten();
            for (var path : documents) {
                if (!record.holds(path, "")) {
                    throw SartorException.user(
                            shown(path)
                                    + " was not forgotten in "
                                    + storage
                                    + ": give --allow-again the path as it was given when it was.");
                }
            }
            for (var path : documents) {
                record = record.without(path);
            }
            keeping.remember(record);
        } catch (IOException e) {
            throw keeping.failure(e);
        }
    }

    private void refuseUnknown(
            List<String> documents,
            Map<String, List<DocumentState>> known,
            ForgottenDocuments record)
            throws IOException {
        for (var path : documents) {
            if (!known.containsKey(path)
                    && !record.holds(path, "")
                    && !keeping.mayHoldTraces(path)) {
                throw SartorException.user(
                        storage
                                + " holds no document "
                                + shown(path)
                                + "."
                                + Nearest.hint(path, known.keySet())
                                + " Nothing was forgotten.");
            }
        }
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

    /// A path may hold anything, such as a line's end.
    private static String shown(String path) {
        return path.codePoints().anyMatch(Character::isISOControl) ? Json.line(path) : path;
    }

    @Override
    public void close() {
        try {
            keeping.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Forgetting.class).warn("giving the lock back", e);
        }
    }
}
