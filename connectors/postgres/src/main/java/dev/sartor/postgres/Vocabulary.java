package dev.sartor.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words of a generation by their numbers, and what BM25 counts of them. Not thread-safe.
final class Vocabulary {
    /// Words whose numbers are kept here; more are asked for again.
    private static final int MOST_KNOWN = 500_000;

    private final Connection connection;
    private final Tables tables;
    private final Copied fresh;
    private final Map<String, Map<String, Integer>> known = new HashMap<>();
    private final Map<Integer, Integer> counts = new HashMap<>();
    private final Map<String, long[]> fields = new HashMap<>();
    private int held;
    private int highest;

    Vocabulary(Connection connection, Tables tables) throws SQLException {
        this.connection = connection;
        this.tables = tables;
        this.fresh = new Copied(tables.words());
        this.highest =
                Sql.number(connection, "select coalesce(max(number), 0) from " + tables.words());
    }

    /// New words get numbers.
    Map<String, Integer> numbers(String field, Set<String> words) throws SQLException {
        var of = known.computeIfAbsent(field, _ -> new HashMap<>());
        var unknown = new ArrayList<String>();
        for (var word : words) {
            if (!of.containsKey(word)) {
                unknown.add(word);
            }
        }
        if (!unknown.isEmpty()) {
            look(field, of, unknown);
        }
        return of;
    }

    private void look(String field, Map<String, Integer> of, List<String> unknown)
            throws SQLException {
        if (held > MOST_KNOWN) {
            flush();
            known.values().forEach(Map::clear);
            held = 0;
        }
        Sql.rows(
                connection,
                row -> of.put(row.getString(2), row.getInt(1)),
                "select number, word from " + tables.words() + " where field = ? and word = any(?)",
                field,
                unknown);
        for (var word : unknown) {
            if (!of.containsKey(word)) {
                highest++;
                of.put(word, highest);
                fresh.row(highest, field, word, 0);
            }
        }
        held += unknown.size();
    }

    void count(int word, int passages) {
        counts.merge(word, passages, Integer::sum);
    }

    void countField(String field, int passages, int tokens) {
        var sums = fields.computeIfAbsent(field, _ -> new long[2]);
        sums[0] += passages;
        sums[1] += tokens;
    }

    /// Sends new words.
    void flush() throws SQLException {
        fresh.write(connection);
    }

    /// Stores what was counted.
    void store() throws SQLException {
        flush();
        var changed = counts.entrySet().stream().filter(each -> each.getValue() != 0).toList();
        var words = changed.stream().mapToInt(Map.Entry::getKey).toArray();
        var added = changed.stream().mapToInt(Map.Entry::getValue).toArray();
        if (words.length > 0) {
            Sql.update(
                    connection,
                    "update "
                            + tables.words()
                            + " w set passages = w.passages + a.added from unnest(?, ?) a(word, added)"
                            + " where w.number = a.word",
                    words,
                    added);
        }
        counts.clear();
        for (var each : fields.entrySet()) {
            Sql.update(
                    connection,
                    "insert into "
                            + tables.fields()
                            + " as f values (?, ?, ?) on conflict (field) do update set passages ="
                            + " f.passages + excluded.passages, tokens = f.tokens + excluded.tokens",
                    each.getKey(),
                    (int) each.getValue()[0],
                    each.getValue()[1]);
        }
        fields.clear();
    }
}
