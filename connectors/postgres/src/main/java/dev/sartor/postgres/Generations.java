package dev.sartor.postgres;

import dev.sartor.retrieve.index.IndexedWith;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The generations of an index, of which one is searched.
record Generations(PostgresAddress address) {
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

    Tables tables(int generation) {
        return new Tables(address.schema(), generation);
    }
}
