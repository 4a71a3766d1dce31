package dev.sartor.postgres;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.index.ForgottenDocuments;
import dev.sartor.retrieve.index.IndexKeeping;
import dev.sartor.retrieve.index.IndexWriting;
import dev.sartor.retrieve.index.IndexedWith;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.VectorForm;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The sole right to write an index, which is an advisory lock of one connection: the database takes it back when the
/// connection ends, however it ends. Not thread-safe.
final class PostgresKeeping implements IndexKeeping {
    /// The first half of the lock's key; the second is the schema's name.
    private static final int OURS = 0x5a27_0041;

    /// A run that was killed may take the database so long to notice.
    private static final int TRIES = 8;

    private static final int MILLIS = 250;

    /// So long a question may still read tables that are to go.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgresAddress address;
    private final Generations generations;
    private final Layout layout;
    private Connection connection;

    private PostgresKeeping(PostgresAddress address, Connection connection) {
        this.address = address;
        this.generations = new Generations(address);
        this.layout = new Layout(address);
        this.connection = connection;
    }

    static PostgresKeeping open(PostgresAddress address) {
        return new PostgresKeeping(address, connected(address));
    }

    private static Connection connected(PostgresAddress address) {
        try {
            var connection = address.connect();
            try {
                lock(address, connection);
                var layout = new Layout(address);
                layout.check(connection);
                connection.setAutoCommit(false);
                layout.make(connection);
                connection.commit();
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new Failures(address).of(e);
        }
    }

    private static void lock(PostgresAddress address, Connection connection) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            var got =
                    Sql.text(
                            connection,
                            "select pg_try_advisory_lock(?, hashtext(?))::text",
                            OURS,
                            address.schema());
            if (got.equals(Optional.of("true"))) {
                return;
            }
            try {
                Thread.sleep(MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw SartorException.user(
                address
                        + " is being written by another run of `sartor index`: wait for it to end, or"
                        + " end it.");
    }

    @Override
    public Optional<Integer> current() {
        return asked(() -> generations.current(connection).map(Generations.Generation::number));
    }

    @Override
    public int writable(IndexedWith with) {
        if (with.settings().vectors() != VectorForm.FP32) {
            throw SartorException.user(
                    "--vectors must be fp32 in a database, got "
                            + with.settings().vectors().name().toLowerCase(java.util.Locale.ROOT)
                            + ": leave it out, or name a folder.");
        }
        return asked(() -> {
            reconnect();
            dropAll(generations.replaced(connection), false);
            int highest = 0;
            for (var each : generations.live(connection)) {
                highest = Math.max(highest, each.number());
                if (each.with().equals(with)) {
                    return each.number();
                }
            }
            dropAll(others(), true);
            Sql.update(
                    connection,
                    "insert into " + address.schema() + ".generations values (?, ?, false)",
                    highest + 1,
                    with.text());
            layout.makeGeneration(connection, generations.tables(highest + 1));
            connection.commit();
            return highest + 1;
        });
    }

    /// After a failure the connection may be gone, and with it the right to write.
    private void reconnect() throws SQLException {
        if (!connection.isValid(1)) {
            connection.close();
            connection = connected(address);
        }
        connection.rollback();
        connection.setAutoCommit(false);
    }

    @Override
    public IndexWriting open(int generation, IndexedWith with) {
        return asked(() ->
                PostgresWriting.open(
                        new Failures(address), connection, generations.tables(generation), with));
    }

    @Override
    public void serve(int generation) {
        asked(() -> {
            Sql.update(
                    connection,
                    "update " + address.schema() + ".generations set served = number = ?",
                    generation);
            connection.commit();
            dropAll(others(), false);
            return true;
        });
    }

    private List<Generations.Generation> others() throws SQLException {
        return generations.all(connection).stream().filter(each -> !each.served()).toList();
    }

    /// A table that a question still reads waits for it; one that takes too long is dropped by a later run.
    private void dropAll(List<Generations.Generation> some, boolean must) throws SQLException {
        for (var each : some) {
            try {
                generations.drop(connection, each.number(), PATIENCE);
            } catch (SQLException e) {
                connection.rollback();
                if (must) {
                    throw e;
                }
                org.slf4j.LoggerFactory.getLogger(PostgresKeeping.class)
                        .warn("a replaced generation is still read: {}", each.number(), e);
            }
        }
    }

    private PostgresErasure erasure() {
        return new PostgresErasure(address, connection, PATIENCE);
    }

    @Override
    public ForgottenDocuments forgotten() {
        return asked(() -> erasure().forgotten());
    }

    @Override
    public void remember(ForgottenDocuments forgotten) {
        asked(() -> {
            erasure().remember(forgotten);
            connection.commit();
            return true;
        });
    }

    @Override
    public Map<String, List<DocumentState>> states() {
        return asked(() -> {
            var known = new HashMap<String, List<DocumentState>>();
            for (var each : generations.live(connection)) {
                var tables = generations.tables(each.number());
                new PostgresDocuments(new Failures(address), connection, tables)
                        .states()
                        .forEach((path, state) ->
                                known.computeIfAbsent(path, _ -> new ArrayList<>()).add(state));
            }
            return known;
        });
    }

    @Override
    public boolean mayHoldTraces(String path) {
        return asked(() -> erasure().mayHoldTraces(path));
    }

    @Override
    public Erased erase(ForgottenDocuments forgotten, Progress progress) throws IOException {
        try {
            return erasure().erase(forgotten, progress);
        } catch (SQLException e) {
            throw new Failures(address).of(e);
        }
    }

    @Override
    public long bytes() {
        return asked(() -> erasure().bytes());
    }

    @Override
    public RuntimeException failure(IOException e) {
        return SartorException.missing(
                "the database of " + address + " failed: " + e.getMessage() + ".", e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(PostgresKeeping.class).warn("closing", e);
        }
    }

    @FunctionalInterface
    private interface Asked<T> {
        T of() throws SQLException;
    }

    private <T> T asked(Asked<T> asked) {
        try {
            return asked.of();
        } catch (SQLException e) {
            throw new Failures(address).of(e);
        }
    }
}
