package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.search.PassageIndex;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.FSDirectory;

/// What a standing index held at its commits, the last of them always to be had. A commit stays whole for whoever uses
/// it, also when its generation has been replaced. Safe for concurrent callers.
final class Snapshots implements AutoCloseable {
    /// A generation may be replaced between reading its number and opening it; more often than that something is wrong.
    private static final int TRIES = 5;

    private final Generations generations;
    private final Function<IndexedWith, Embedder> opening;
    private Optional<Snapshot> last = Optional.empty();

    /// @param opening opens the embedder that a generation was made with
    Snapshots(Generations generations, Function<IndexedWith, Embedder> opening) {
        this.generations = generations;
        this.opening = opening;
    }

    /// A generation that is open, with what all its commits share; closed with the last of them.
    private record Opened(
            int number,
            FSDirectory directory,
            IndexedWith with,
            LazyEmbedder embedder,
            AtomicInteger commits) {
        Snapshot at(DirectoryReader reader, Generations generations) throws IOException {
            var index =
                    PassageIndex.at(
                            reader,
                            generations.folder(number),
                            with.settings(),
                            with.hasVectors() ? Optional.of(embedder) : Optional.empty());
            commits.incrementAndGet();
            reader.getReaderCacheHelper().addClosedListener(_ -> commitClosed());
            return new Snapshot(this, reader, index);
        }

        private void commitClosed() throws IOException {
            if (commits.decrementAndGet() == 0) {
                embedder.close();
                directory.close();
            }
        }
    }

    /// One commit.
    public record Snapshot(Opened opened, DirectoryReader reader, PassageIndex index) {
        public int generation() {
            return opened.number();
        }

        public IndexedWith with() {
            return opened.with();
        }

        /// Vectors of texts, comparable with the index's; none where it holds none.
        List<float[]> embed(List<String> texts) {
            return with().hasVectors() ? opened.embedder().embed(texts) : List.of();
        }
    }

    /// What is done with a snapshot.
    @FunctionalInterface
    public interface Use<T> {
        T of(Snapshot snapshot) throws IOException;
    }

    /// Uses the last commit, which stays open meanwhile.
    public <T> T with(Use<T> use) {
        try {
            var snapshot = acquire();
            try {
                return use.of(snapshot);
            } finally {
                snapshot.reader().decRef();
            }
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot read the index in "
                            + generations.index()
                            + ": "
                            + e.getMessage()
                            + ". `sartor index` makes it anew in another folder.",
                    e);
        }
    }

    /// The same for what looks at the commit's files by their names: a commit that is replaced meanwhile stays readable, and
    /// its files are gone for everyone else. Then the use begins anew, with the commit that took its place.
    <T> T withFiles(Use<T> use) {
        var done = Optional.<T>empty();
        for (int tries = 1; done.isEmpty(); tries++) {
            boolean isLast = tries == TRIES;
            done = with(snapshot -> unlessGone(use, snapshot, isLast));
        }
        return done.get();
    }

    private static <T> Optional<T> unlessGone(Use<T> use, Snapshot snapshot, boolean isLast)
            throws IOException {
        try {
            return Optional.of(use.of(snapshot));
        } catch (NoSuchFileException | FileNotFoundException e) {
            if (isLast) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private synchronized Snapshot acquire() throws IOException {
        var newest = newest();
        newest.reader().incRef();
        return newest;
    }

    private Snapshot newest() throws IOException {
        int tries = 0;
        while (true) {
            try {
                int current = current();
                var before = last;
                if (before.isPresent() && before.get().generation() == current) {
                    return refreshed(before.get());
                }
                var opened = open(current);
                last = Optional.of(opened);
                if (before.isPresent()) {
                    before.get().reader().decRef();
                }
                return opened;
            } catch (IndexNotFoundException | NoSuchFileException e) {
                tries++;
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private int current() throws IOException {
        return generations
                .current()
                .orElseThrow(() ->
                        SartorException.user(
                                generations.index()
                                        + (generations.exists()
                                                ? " is an index that is not whole yet: let `sartor"
                                                        + " index` run to its end."
                                                : " is not an index: make one with `sartor index"
                                                        + " SOURCE --out INDEX`.")));
    }

    private Snapshot refreshed(Snapshot before) throws IOException {
        var newer = DirectoryReader.openIfChanged(before.reader());
        if (newer == null) {
            return before;
        }
        var snapshot = before.opened().at(newer, generations);
        last = Optional.of(snapshot);
        before.reader().decRef();
        return snapshot;
    }

    private Snapshot open(int generation) throws IOException {
        var directory = FSDirectory.open(generations.folder(generation));
        try {
            var reader = DirectoryReader.open(directory);
            var with = Generations.madeWith(reader);
            var embedding =
                    new Embedding(with.embedder(), with.digest(), () -> opening.apply(with));
            return new Opened(
                            generation,
                            directory,
                            with,
                            new LazyEmbedder(embedding),
                            new AtomicInteger())
                    .at(reader, generations);
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (last.isPresent()) {
                last.get().reader().decRef();
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Snapshots.class).warn("closing the index", e);
        }
        last = Optional.empty();
    }
}
