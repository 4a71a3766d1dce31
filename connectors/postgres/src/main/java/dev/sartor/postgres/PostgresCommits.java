package dev.sartor.postgres;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.index.HeldCommit;
import dev.sartor.retrieve.index.IndexCommits;
import dev.sartor.retrieve.index.IndexedWith;
import dev.sartor.retrieve.search.PassageQuestions;
import dev.sartor.retrieve.search.PassageSearch;
import dev.sartor.retrieve.text.WordCounter;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/// An index in a database, read: each use is a transaction that sees one commit. Safe for concurrent callers.
final class PostgresCommits implements IndexCommits {
    /// A generation may be replaced between reading its number and its tables; more often than that something is wrong.
    private static final int TRIES = 5;

    private final PostgresAddress address;
    private final Failures failures;
    private final Function<IndexedWith, Embedder> opening;
    private final Connections connections;
    private Optional<Opened> last = Optional.empty();

    /// Whether the layout was looked at; a table that is gone makes it be looked at again.
    private volatile boolean checked;

    PostgresCommits(PostgresAddress address, Function<IndexedWith, Embedder> opening) {
        this.address = address;
        this.failures = new Failures(address);
        this.opening = opening;
        this.connections = new Connections(address);
    }

    /// What the commits of generations share that were made with the same, one after the other; closed when another took their place
    /// and nobody uses it any more.
    private static final class Opened {
        private final IndexedWith with;
        private final Embedder embedder;
        private final WordCounter counter;
        private int uses;
        private boolean replaced;

        Opened(IndexedWith with, Embedder embedder) {
            this.with = with;
            this.embedder = embedder;
            this.counter = new WordCounter(with.settings().analysis());
        }

        void closeIfUnused() {
            if (replaced && uses == 0) {
                embedder.close();
                counter.close();
            }
        }
    }

    @Override
    public <T> T with(Use<T> use) {
        for (int tries = 1; ; tries++) {
            try {
                var connection = connections.take();
                try {
                    return used(use, connection);
                } finally {
                    connections.giveBack(connection);
                }
            } catch (SQLException e) {
                if (tries == TRIES || !Failures.isGone(e)) {
                    throw failures.of(e);
                }
                checked = false;
            } catch (Gone e) {
                if (tries == TRIES) {
                    throw failures.of(e.cause());
                }
            } catch (IOException e) {
                throw SartorException.missing(
                        "cannot read the index in " + address + ": " + e.getMessage() + ".", e);
            }
        }
    }

    private <T> T used(Use<T> use, Connection connection) throws SQLException, IOException {
        var current = current(connection);
        var opened = acquire(current.with());
        try {
            var tables = new Generations(address).tables(current.number());
            var held =
                    new Held(
                            current,
                            new PostgresDocuments(failures, connection, tables),
                            new PostgresPassages(failures, connection, tables, opened.counter));
            var questions =
                    new PassageQuestions(
                            new PassageSearch(held.searchable()),
                            opened.with.hasVectors()
                                    ? Optional.of(opened.embedder)
                                    : Optional.empty());
            return use.of(new Commit(held, questions));
        } finally {
            release(opened);
        }
    }

    @Override
    public <T> T measured(Use<T> use) {
        return with(use);
    }

    private Generations.Generation current(Connection connection) throws SQLException {
        var layout = new Layout(address);
        if (!checked) {
            layout.check(connection);
        }
        boolean exists = checked || layout.isThere(connection);
        checked = exists;
        var current =
                exists
                        ? new Generations(address).current(connection)
                        : Optional.<Generations.Generation>empty();
        return current.orElseThrow(() ->
                SartorException.user(
                        address
                                + (exists
                                        ? " is an index that is not whole yet: let `sartor index` run"
                                                + " to its end."
                                        : " is not an index: make one with `sartor index SOURCE --out"
                                                + " INDEX`.")));
    }

    private synchronized Opened acquire(IndexedWith with) {
        var before = last.filter(each -> each.with.equals(with));
        if (before.isEmpty()) {
            var fresh = new Opened(with, IndexCommits.lazily(with, opening));
            last.ifPresent(PostgresCommits::replace);
            last = Optional.of(fresh);
        }
        var opened = last.orElseThrow();
        opened.uses++;
        return opened;
    }

    private static void replace(Opened opened) {
        opened.replaced = true;
        opened.closeIfUnused();
    }

    private synchronized void release(Opened opened) {
        opened.uses--;
        opened.closeIfUnused();
    }

    @Override
    public synchronized void close() {
        last.ifPresent(PostgresCommits::replace);
        last = Optional.empty();
        connections.close();
    }

    private record Held(
            Generations.Generation of, PostgresDocuments stored, PostgresPassages searchable)
            implements HeldCommit {
        @Override
        public int generation() {
            return of.number();
        }

        @Override
        public IndexedWith with() {
            return of.with();
        }

        @Override
        public int passages() {
            return searchable.count();
        }

        @Override
        public int dimension() {
            return searchable.dimension();
        }

        @Override
        public long bytes() {
            return searchable.bytes();
        }
    }
}
