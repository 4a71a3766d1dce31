package dev.sartor.postgres;

import dev.sartor.retrieve.index.IndexedWith;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The generations of an index, of which one is searched.
record Generations(PostgresAddress address) {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    record Generation(int number, IndexedWith with, boolean served) {}

    List<Generation> all(Connection connection) throws SQLException {
        return Sql.rows(
                connection,
                row ->
                        new Generation(
                                row.getInt(1),
                                IndexedWith.parsed(row.getString(2)),
                                row.getBoolean(3)),
                "select number, made_with, served from "
                        + address.schema()
                        + ".generations order by number");
    }

    /// The one that is searched; empty before the first one is whole.
    Optional<Generation> current(Connection connection) throws SQLException {
        return all(connection).stream().filter(Generation::served).findFirst();
    }

    /// Those that may be searched some day: the one that is searched, and one that was begun since.
    List<Generation> live(Connection connection) throws SQLException {
        return since(connection, true);
    }

    /// Those that nobody searches any more.
    List<Generation> replaced(Connection connection) throws SQLException {
        return since(connection, false);
    }

    private List<Generation> since(Connection connection, boolean live) throws SQLException {
        var all = all(connection);
        int served =
                all.stream()
                        .filter(Generation::served)
                        .mapToInt(Generation::number)
                        .findFirst()
                        .orElse(0);
        return all.stream().filter(each -> (each.number() >= served) == live).toList();
    }

    Tables tables(int generation) {
        return new Tables(address.schema(), generation);
    }

    /// Drops a generation when no question reads it any more, and commits. All its tables are locked at once or none of them: a
    /// question that waited for one while it holds another would be ended by the database.
    ///
    /// @throws SQLException of the state {@link Failures#IN_USE} where one reads it for too long
    void drop(Connection connection, int number, Duration patience) throws SQLException {
        var tables = tables(number);
        stopVacuum(connection, tables, patience);
        long until = System.nanoTime() + patience.toNanos();
        while (!locked(connection, tables, isOver(until))) {
            pause();
        }
        new Layout(address).dropGeneration(connection, tables);
        Sql.update(
                connection,
                "delete from " + address.schema() + ".generations where number = ?",
                number);
        connection.commit();
    }

    /// The database's own vacuum gives way to this statement; it would not to a lock that does not wait.
    private static void stopVacuum(Connection connection, Tables tables, Duration patience)
            throws SQLException {
        for (var table : tables.all()) {
            Sql.run(connection, "set local lock_timeout = " + patience.toMillis());
            Sql.run(
                    connection,
                    "alter table "
                            + table
                            + " set (autovacuum_enabled = false, toast.autovacuum_enabled = false)");
            connection.commit();
        }
    }

    private static boolean locked(Connection connection, Tables tables, boolean must)
            throws SQLException {
        try {
            Sql.run(
                    connection,
                    "lock table "
                            + String.join(", ", tables.all())
                            + " in access exclusive mode nowait");
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (must || !Failures.IN_USE.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    private static boolean isOver(long until) {
        return System.nanoTime() > until || Thread.currentThread().isInterrupted();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
