package dev.sartor.postgres;

import dev.sartor.core.work.Progress;
import java.sql.Connection;
import java.sql.SQLException;

/// The graph of an index's vectors (HNSW), for the inner product of vectors of unit length.
final class Nearest {
    private static final String MEMORY = "512MB";

    private Nearest() {}

    static boolean isMade(Connection connection, Tables tables) throws SQLException {
        return Sql.text(
                        connection,
                        "select to_regclass(?)::text",
                        tables.schema() + "." + tables.nearest())
                .isPresent();
    }

    /// The expression that the graph is made of, which a query must repeat.
    static String expression(int dimension) {
        return "(embedding::vector(" + dimension + "))";
    }

    static void make(Connection connection, Tables tables, Progress progress) throws SQLException {
        if (isMade(connection, tables)) {
            return;
        }
        progress.say("Making the graph of the vectors in the database; it takes a few minutes.");
        Sql.run(connection, "set local maintenance_work_mem = '" + MEMORY + "'");
        Sql.run(
                connection,
                "create index "
                        + tables.nearest()
                        + " on "
                        + tables.vectors()
                        + " using hnsw ("
                        + expression(dimension(connection, tables))
                        + " vector_ip_ops) with (m = 16, ef_construction = 200)");
    }

    /// 0 where there are no vectors.
    static int dimension(Connection connection, Tables tables) throws SQLException {
        return Sql.number(
                connection,
                "select coalesce((select vector_dims(embedding) from "
                        + tables.vectors()
                        + " limit 1), 0)");
    }
}
