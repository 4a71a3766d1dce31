package dev.sartor.postgres;

import dev.sartor.core.measure.VectorProducts;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.SearchablePassages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What one asker may look at, under conditions. The rules and the documents stand in each statement.
///
/// @param documents that the conditions hold for; empty where there are none
record PostgresWithin(PostgresPassages held, Admitted admitted, Optional<int[]> documents)
        implements SearchablePassages.Within {
    /// The graph is searched at least so deep; pgvector takes up to 1000.
    private static final int LEAST_DEPTH = 220;

    private static final int MOST_DEPTH = 1000;

    /// So many more than wanted are kept by their products in 32 bits.
    private static final int SPARE = 20;

    /// Of a longer question the rarest words decide, as in Lucene.
    private static final int MOST_WORDS = 1000;

    /// pgvector's first that goes on searching where a filter leaves too few.
    private static final String ITERATIVE = "0.8";

    private Connection connection() {
        return held.connection();
    }

    private Tables tables() {
        return held.tables();
    }

    /// A word of the question as it is counted in the index.
    ///
    /// @param slope what a passage's length counts
    private record Word(int number, double weight, double slope, int passages) {}

    @Override
    public List<Hit> byWords(String question, int depth) {
        return held.asked(() -> {
            var words = words(question);
            if (words.isEmpty() || admitted.numbers().isEmpty()) {
                return List.of();
            }
            var values = new ArrayList<Object>();
            values.add(words.stream().mapToInt(Word::number).toArray());
            values.add(words.stream().mapToDouble(Word::weight).toArray());
            values.add(words.stream().mapToDouble(Word::slope).toArray());
            var only = only("p.passage", "p.rule", values);
            values.add(depth);
            return Sql.rows(
                    connection(),
                    row -> new Hit(row.getInt(1), row.getDouble(2)),
                    "select p.passage, sum(w.weight * p.frequency / (p.frequency + "
                            + PassageIndex.K1 * (1 - PassageIndex.B)
                            + " + w.slope * p.length)) from unnest(?::int[], ?::float8[], ?::float8[])"
                            + " w(word, weight, slope) join "
                            + tables().postings()
                            + " p on p.word = w.word"
                            + only
                            + " group by p.passage order by 2 desc, 1 limit ?",
                    values.toArray());
        });
    }

    /// BM25 as Lucene has it: weight · tf / (tf + k1 · (1 − b + b · length / average)), the weight ln(1 + (N − n + ½) / (n + ½)).
    private List<Word> words(String question) throws SQLException {
        var fields =
                Sql.rows(
                        connection(),
                        row -> row.getString(1),
                        "select field from " + tables().fields() + " where passages > 0");
        var askedFields = new ArrayList<String>();
        var asked = new ArrayList<String>();
        var times = new java.util.HashMap<String, Integer>();
        for (var field : fields) {
            held.counter()
                    .countIn(field, question)
                    .counts()
                    .forEach((word, often) -> {
                        askedFields.add(field);
                        asked.add(word);
                        times.put(field + '\0' + word, often);
                    });
        }
        return Sql.rows(
                        connection(),
                        row -> {
                            int often =
                                    times.getOrDefault(
                                            row.getString("field") + '\0' + row.getString("word"),
                                            1);
                            double n = row.getInt("passages");
                            double all = row.getInt("held");
                            double average = row.getLong("tokens") / all;
                            return new Word(
                                    row.getInt("number"),
                                    often * Math.log(1 + (all - n + 0.5) / (n + 0.5)),
                                    PassageIndex.K1 * PassageIndex.B / average,
                                    row.getInt("passages"));
                        },
                        "select * from " + tables().wordsOf() + "(?, ?)",
                        askedFields,
                        asked)
                .stream()
                .sorted(Comparator.comparingInt(Word::passages))
                .limit(MOST_WORDS)
                .toList();
    }

    /// What stands behind `where` or `on`, with its values.
    private String only(String passage, String rule, List<Object> values) {
        var sql = new StringBuilder();
        if (!admitted.isEveryRule()) {
            sql.append(" and ").append(rule).append(" = any(?)");
            values.add(admitted.array());
        }
        documents.ifPresent(each -> {
            sql.append(" and ")
                    .append(passage)
                    .append(" in (select number from ")
                    .append(tables().passages())
                    .append(" where document = any(?))");
            values.add(each);
        });
        return sql.toString();
    }

    @Override
    public List<Hit> nearest(float[] vector, int depth) {
        return held.asked(() -> {
            if (admitted.numbers().isEmpty()) {
                return List.of();
            }
            boolean byGraph =
                    documents.isEmpty()
                            && admitted.vectors() > PassageIndex.EXACT_UP_TO
                            && Nearest.isMade(connection(), tables());
            if (byGraph) {
                var found = askGraph(vector, depth);
                if (found.size() >= Math.min(depth, admitted.vectors())) {
                    return found;
                }
            }
            return compareAll(vector, depth);
        });
    }

    /// Every vector that the asker may look at is compared.
    List<Hit> compareAll(float[] vector, int depth) throws SQLException {
        var values = new ArrayList<Object>();
        values.add(vector);
        var only = new StringBuilder();
        if (!admitted.isEveryRule()) {
            only.append(" and rule = any(?)");
            values.add(admitted.array());
        }
        documents.ifPresent(each -> {
            only.append(" and document = any(?)");
            values.add(each);
        });
        values.add(depth + SPARE);
        // Added to nothing, so that no graph is asked.
        return measured(
                "select passage, vector_send(embedding) from (select passage, embedding, embedding <#>"
                        + " ?::vector as far from "
                        + tables().vectors()
                        + " where true"
                        + only
                        + " order by 3, 1 limit ?) near",
                vector,
                depth,
                values);
    }

    private List<Hit> askGraph(float[] vector, int depth) throws SQLException {
        int deep = Math.max(depth + SPARE, LEAST_DEPTH);
        boolean goesOn = goesOn();
        long needed = goesOn || admitted.isEveryRule() ? deep : among(deep);
        if (needed > MOST_DEPTH) {
            return List.of(); // the graph would be left too early
        }
        Sql.run(
                connection(),
                "set local hnsw.ef_search = "
                        + needed
                        + (goesOn ? "; set local hnsw.iterative_scan = strict_order" : "")
                        + "; set local enable_seqscan = off");
        var form = Nearest.expression(vector.length);
        var values = new ArrayList<Object>();
        var only = admitted.isEveryRule() ? "" : " where rule = any(?)";
        if (!admitted.isEveryRule()) {
            values.add(admitted.array());
        }
        values.add(vector);
        values.add(depth + SPARE);
        var found =
                measured(
                        "select passage, vector_send(embedding) from "
                                + tables().vectors()
                                + only
                                + " order by "
                                + form
                                + " <#> ?::vector("
                                + vector.length
                                + ") limit ?",
                        vector,
                        depth,
                        values);
        Sql.run(connection(), "set local enable_seqscan = on");
        return found;
    }

    private boolean goesOn() throws SQLException {
        return Sql.text(
                        connection(),
                        "select extversion from pg_extension where extname = 'vector'")
                .filter(version -> !Versions.isOlder(version, ITERATIVE))
                .isPresent();
    }

    /// How deep a search must go among all vectors to find so many that may be looked at, twice for safety.
    private long among(int deep) throws SQLException {
        int all = Sql.number(connection(), "select sum(vectors)::int from " + tables().rules());
        return 2L * deep * all / Math.max(1, admitted.vectors());
    }

    /// The products in 64 bits, summed in one order, as an index in a folder has them.
    private List<Hit> measured(String sql, float[] vector, int depth, List<Object> values)
            throws SQLException {
        return Sql.rows(
                        connection(),
                        row ->
                                new Hit(
                                        row.getInt(1),
                                        VectorProducts.product(
                                                vector, Sql.floats(row.getBytes(2)))),
                        sql,
                        values.toArray())
                .stream()
                .sorted(Hit.BEST_FIRST)
                .limit(depth)
                .toList();
    }
}
