package dev.sartor.postgres;

import dev.sartor.core.Json;
import dev.sartor.core.Pages;
import dev.sartor.core.Readers;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.StoredDocuments;
import dev.sartor.retrieve.search.StoredPassages;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.Chunk;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.type.TypeReference;

/// Documents and passages as a connection's transaction sees them.
record PostgresDocuments(Failures failures, Connection connection, Tables tables)
        implements StoredDocuments {
    /// What {@link #chunk} reads of a passage `p` and its rule `r`.
    static final String CHUNK =
            "p.id, p.title, p.section, p.text, p.first_page, p.last_page, p.language, r.rule";

    @Override
    public Map<String, DocumentState> states() {
        try {
            var states = new HashMap<String, DocumentState>();
            Sql.rows(
                            connection,
                            row -> DocumentState.parsed(row.getString(1)),
                            "select state from " + tables.documents())
                    .forEach(state -> states.put(state.path(), state));
            return states;
        } catch (SQLException e) {
            throw failures.asked(e);
        }
    }

    @Override
    public Optional<DocumentState> state(String path) {
        try {
            return Sql.rows(
                            connection,
                            row -> DocumentState.parsed(row.getString(1)),
                            "select state from " + tables.documents() + " where path = ?",
                            Sql.storable(path))
                    .stream()
                    .findFirst();
        } catch (SQLException e) {
            throw failures.asked(e);
        }
    }

    @Override
    public List<StoredPassages.Embedded> of(String path) {
        try {
            return Sql.rows(
                    connection,
                    row ->
                            new StoredPassages.Embedded(
                                    chunk(row),
                                    Optional.ofNullable(row.getBytes("sent")).map(Sql::floats)),
                    "select "
                            + CHUNK
                            + ", vector_send(v.embedding) as sent from "
                            + tables.documents()
                            + " d join "
                            + tables.passages()
                            + " p on p.document = d.number join "
                            + tables.rules()
                            + " r on r.number = p.rule left join "
                            + tables.vectors()
                            + " v on v.passage = p.number where d.path = ? order by p.place",
                    Sql.storable(path));
        } catch (SQLException e) {
            throw failures.asked(e);
        }
    }

    static Chunk chunk(ResultSet row) throws SQLException {
        var id = row.getString("id");
        return new Chunk(
                id,
                id.substring(0, id.lastIndexOf('#')),
                row.getString("title"),
                row.getString("section"),
                row.getString("text"),
                readers(row.getString("rule")),
                new Pages(row.getInt("first_page"), row.getInt("last_page")),
                Optional.ofNullable(row.getString("language")).map(Analysis::labelled));
    }

    static Readers readers(String rule) {
        List<List<String>> clauses = Json.mapper().readValue(rule, new TypeReference<>() {});
        var sets = new HashSet<Set<String>>();
        clauses.forEach(clause -> sets.add(Set.copyOf(clause)));
        return new Readers(sets);
    }
}
