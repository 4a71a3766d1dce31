package dev.sartor.postgres;

import dev.sartor.core.Principal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// The rules of a generation that admit the asker, which {@link dev.sartor.core.Readers#admit} decides.
///
/// @param numbers of the rules
/// @param vectors how many there are of these rules
/// @param isEveryRule whether there are no others
record Admitted(List<Integer> numbers, int vectors, boolean isEveryRule) {
    private record Rule(int number, String text, int vectors) {}

    static Admitted of(Connection connection, Tables tables, Principal principal)
            throws SQLException {
        var all =
                Sql.rows(
                        connection,
                        row -> new Rule(row.getInt(1), row.getString(2), row.getInt(3)),
                        "select number, rule, vectors from " + tables.rules());
        var admitted =
                all.stream()
                        .filter(rule -> PostgresDocuments.readers(rule.text()).admit(principal))
                        .toList();
        return new Admitted(
                admitted.stream().map(Rule::number).toList(),
                admitted.stream().mapToInt(Rule::vectors).sum(),
                admitted.size() == all.size());
    }

    int[] array() {
        return numbers.stream().mapToInt(each -> each).toArray();
    }

    @Override
    public String toString() {
        return Arrays.toString(array());
    }
}
