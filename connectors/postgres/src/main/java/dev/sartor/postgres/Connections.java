package dev.sartor.postgres;

import dev.sartor.core.SartorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Connections for reading, some of them at a time: one that is given back serves again, if it still lives. Safe for
/// concurrent callers.
final class Connections implements AutoCloseable {
    private static final int MOST = 16;

    /// Seconds.
    private static final int WAITING = 60;

    private static final int ANSWERING = 5;

    private final PostgresAddress address;
    private final Semaphore free = new Semaphore(MOST);
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    Connections(PostgresAddress address) {
        this.address = address;
    }

    Connection take() throws SQLException {
        boolean got;
        try {
            got = free.tryAcquire(WAITING, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            got = false;
        }
        if (!got) {
            throw SartorException.missing(
                    "all "
                            + MOST
                            + " connections to "
                            + address
                            + " are in use: ask again when fewer questions are on their way.");
        }
        try {
            for (var kept = kept(); kept != null; kept = kept()) {
                if (kept.isValid(ANSWERING)) {
                    return kept;
                }
                kept.close();
            }
            return opened();
        } catch (SQLException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Connection kept() {
        return idle.poll();
    }

    private Connection opened() throws SQLException {
        var connection = address.connect();
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return connection;
    }

    void giveBack(Connection connection) {
        free.release();
        try {
            connection.rollback();
            synchronized (this) {
                if (!closed) {
                    idle.push(connection);
                    return;
                }
            }
            connection.close();
        } catch (SQLException e) {
            closed(connection);
        }
    }

    private static void closed(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(Connections.class).debug("closing", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Connections::closed);
        idle.clear();
    }
}
