package dev.sartor.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The access rules of a generation by their numbers, and how many vectors there are of each. A rule stays, also when no
/// document has it any more. Not thread-safe.
final class Rules {
    private final Connection connection;
    private final Tables tables;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, Integer> added = new HashMap<>();
    private int highest;

    Rules(Connection connection, Tables tables) throws SQLException {
        this.connection = connection;
        this.tables = tables;
        Sql.rows(
                connection,
                row -> numbers.put(row.getString(2), row.getInt(1)),
                "select number, rule from " + tables.rules());
        numbers.values().forEach(each -> highest = Math.max(highest, each));
    }

    /// @param rule as JSON
    int number(String rule) throws SQLException {
        var stored = Sql.storable(rule);
        var known = numbers.get(stored);
        if (known != null) {
            return known;
        }
        highest++;
        Sql.update(
                connection,
                "insert into " + tables.rules() + "(number, rule, clauses) values (?, ?, ?::jsonb)",
                highest,
                stored,
                stored);
        numbers.put(stored, highest);
        return highest;
    }

    void add(int rule, int vectors) {
        added.merge(rule, vectors, Integer::sum);
    }

    void store() throws SQLException {
        for (var each : added.entrySet()) {
            if (each.getValue() != 0) {
                Sql.update(
                        connection,
                        "update " + tables.rules() + " set vectors = vectors + ? where number = ?",
                        each.getValue(),
                        each.getKey());
            }
        }
        added.clear();
    }
}
