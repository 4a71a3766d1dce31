package dev.sartor.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// What the database does beside transactions: it counts what lies where, and frees what was deleted.
///
/// @param connection with no transaction that is open
record Vacuum(Connection connection) {
    private static final String PATIENCE = "30s";

    private static final String WAITING = "waits_for_questions";

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    /// Each statement commits by itself.
    private void alone(Work work) throws SQLException {
        connection.setAutoCommit(true);
        try {
            work.run();
        } finally {
            connection.setAutoCommit(false);
        }
    }

    /// Lets the database know how much lies where.
    ///
    /// @param isLarge whether what was deleted is freed, too, and what every transaction sees is marked, so that a search need not look
    ///     into the table
    void analyze(Tables tables, boolean isLarge) throws SQLException {
        alone(() -> {
            for (var table : tables.all()) {
                Sql.run(connection, (isLarge ? "vacuum (analyze) " : "analyze ") + table);
            }
        });
    }

    /// Statistics of a column hold some of its values, also those of tables that are gone, until the catalog is written anew.
    ///
    /// @param tables of any generation
    /// @return who can do it where this role or this moment cannot
    Optional<String> freeStatistics(Tables tables) throws SQLException {
        if (!ownsDatabase()) {
            return Optional.of(
                    "statistics of columns that are gone may hold words and paths of them: the owner of the database"
                            + " removes these by VACUUM FULL pg_catalog.pg_statistic");
        }
        try {
            alone(() -> {
                Sql.run(connection, "set lock_timeout = '" + PATIENCE + "'");
                waitForQuestions(tables);
                Sql.run(connection, "vacuum full pg_catalog.pg_statistic");
                Sql.run(connection, "reset lock_timeout");
            });
            return Optional.empty();
        } catch (SQLException e) {
            if (!Failures.IN_USE.equals(e.getSQLState())) {
                throw e;
            }
            return Optional.of(
                    "statistics of columns that are gone may hold words and paths of them, and another connection reads what was before:"
                            + " run the same command again when it has ended");
        }
    }

    /// Members of the owner's role are its owners, too.
    private boolean ownsDatabase() throws SQLException {
        boolean owns =
                Sql.text(
                                connection,
                                "select 1 from pg_database where datname = current_database() and"
                                        + " pg_has_role(datdba, 'usage')")
                        .isPresent();
        connection.rollback();
        return owns;
    }

    /// What any transaction may still see is not freed. An index that is made beside them waits until all have ended that began
    /// before.
    private void waitForQuestions(Tables tables) throws SQLException {
        var index = tables.schema() + "." + WAITING;
        Sql.run(connection, "drop index if exists " + index);
        try {
            Sql.run(
                    connection,
                    "create index concurrently " + WAITING + " on " + tables.removed() + "(path)");
        } finally {
            Sql.run(connection, "drop index if exists " + index);
        }
    }
}
