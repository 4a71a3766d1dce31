package dev.sartor.postgres;

import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.search.SearchablePassages;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.retrieve.text.WordCounter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;

/// The passages of one commit. For one transaction.
record PostgresPassages(
        Failures failures, Connection connection, Tables tables, WordCounter counter)
        implements SearchablePassages {
    /// A ranking's length is the statement's to bound; nothing is asked of an index that holds nothing.
    @Override
    public int most() {
        return count() == 0 ? 0 : Integer.MAX_VALUE;
    }

    /// How many passages hold a word, for any role.
    int count() {
        return asked(() ->
                Sql.number(
                        connection,
                        "select coalesce(sum(passages), 0)::int from " + tables.fields()));
    }

    int dimension() {
        return asked(() -> Nearest.dimension(connection, tables));
    }

    long bytes() {
        return asked(() -> {
            long bytes = 0;
            for (var table : tables.all()) {
                bytes +=
                        Sql.rows(
                                        connection,
                                        row -> row.getLong(1),
                                        "select pg_total_relation_size(?::regclass)",
                                        table)
                                .getFirst();
            }
            return bytes;
        });
    }

    @Override
    public Within within(Principal principal, Conditions where) {
        return asked(() -> {
            Sql.rows(
                    connection,
                    row -> row.getString(1),
                    "select set_config('sartor.principals', ?, true)",
                    Sql.storable(Json.line(principal.sorted())));
            var admitted = Admitted.of(connection, tables, principal);
            return new PostgresWithin(
                    this, admitted, Where.of(connection, tables, admitted, where));
        });
    }

    @Override
    public List<Hit> inDocuments(SortedSet<Integer> passages, float[] vector, double share) {
        var vectors = vectors(passages, share != 0);
        var hits = new ArrayList<Hit>();
        for (int passage : passages) {
            var of = vectors.get(passage);
            if (of == null) {
                throw failures.of(
                        new SQLException("passage " + passage + " has no vector", "XX001"));
            }
            double own = VectorProducts.product(vector, of.own());
            double score =
                    of.whole().length == 0
                            ? own
                            : (1 - share) * own
                                    + share * VectorProducts.product(vector, of.whole());
            hits.add(new Hit(passage, score));
        }
        return hits.stream().sorted(Hit.BEST_FIRST).toList();
    }

    @Override
    public float[] vector(int passage) {
        return Objects.requireNonNull(vectors(List.of(passage), false).get(passage)).own();
    }

    /// @param whole of the document; empty where there is none or it was not asked for
    private record Vectors(int passage, float[] own, float[] whole) {}

    private Map<Integer, Vectors> vectors(Collection<Integer> passages, boolean withWhole) {
        return asked(() -> {
            var found = new HashMap<Integer, Vectors>();
            Sql.rows(
                            connection,
                            row -> {
                                var whole = row.getBytes(3);
                                return new Vectors(
                                        row.getInt(1),
                                        Sql.floats(row.getBytes(2)),
                                        whole == null ? new float[0] : Sql.floats(whole));
                            },
                            "select v.passage, vector_send(v.embedding), "
                                    + (withWhole ? "vector_send(d.whole)" : "null::bytea")
                                    + " from "
                                    + tables.vectors()
                                    + " v"
                                    + (withWhole
                                            ? " join "
                                                    + tables.documents()
                                                    + " d on d.number = v.document"
                                            : "")
                                    + " where v.passage = any(?)",
                            numbers(passages))
                    .forEach(each -> found.put(each.passage(), each));
            return found;
        });
    }

    private static int[] numbers(Collection<Integer> passages) {
        return passages.stream().mapToInt(each -> each).toArray();
    }

    @Override
    public List<Passage> passages(List<Hit> hits) {
        var chunks = chunks(hits);
        var passages = new ArrayList<Passage>();
        for (int i = 0; i < hits.size(); i++) {
            var chunk = chunks.get(i);
            passages.add(
                    new Passage(
                            chunk.id(),
                            chunk.document(),
                            chunk.section(),
                            chunk.text(),
                            hits.get(i).score(),
                            chunk.readers(),
                            chunk.pages(),
                            chunk.language().map(each -> each.label()).orElse("")));
        }
        return passages;
    }

    private record Numbered(int number, Chunk chunk) {}

    @Override
    public List<Chunk> chunks(List<Hit> hits) {
        return asked(() -> {
            var chunks = new HashMap<Integer, Chunk>();
            Sql.rows(
                            connection,
                            row -> new Numbered(row.getInt("number"), PostgresDocuments.chunk(row)),
                            "select p.number, "
                                    + PostgresDocuments.CHUNK
                                    + " from "
                                    + tables.passages()
                                    + " p join "
                                    + tables.rules()
                                    + " r on r.number = p.rule where p.number = any(?)",
                            numbers(hits.stream().map(Hit::document).toList()))
                    .forEach(each -> chunks.put(each.number(), each.chunk()));
            return hits.stream()
                    .map(hit -> Objects.requireNonNull(chunks.get(hit.document())))
                    .toList();
        });
    }

    @FunctionalInterface
    interface Asked<T> {
        T of() throws SQLException;
    }

    <T> T asked(Asked<T> asked) {
        try {
            return asked.of();
        } catch (SQLException e) {
            throw failures.asked(e);
        }
    }
}
