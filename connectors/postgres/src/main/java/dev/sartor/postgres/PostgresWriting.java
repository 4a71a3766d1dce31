package dev.sartor.postgres;

import dev.sartor.core.Json;
import dev.sartor.core.file.Failpoints;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.MetadataValue;
import dev.sartor.retrieve.index.IndexWriting;
import dev.sartor.retrieve.index.IndexedWith;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.DocumentVector;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.StoredDocuments;
import dev.sartor.retrieve.search.StoredPassages;
import dev.sartor.retrieve.text.WordCounter;
import dev.sartor.retrieve.text.WordField;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes into a generation. One transaction from commit to commit, so that readers see whole documents. Not thread-safe.
final class PostgresWriting implements IndexWriting {
    /// In characters: so much is kept here before it is sent.
    private static final int MOST_KEPT = 4_000_000;

    /// One passage in so many.
    private static final int LARGE_CHANGE = 10;

    private final Failures failures;
    private final Connection connection;
    private final Tables tables;
    private final WordCounter counter;
    private final Vocabulary vocabulary;
    private final Rules rules;
    private final Copied documents;
    private final Copied passages;
    private final Copied vectors;
    private final Copied postings;
    private final Set<String> kept = new HashSet<>();
    private int document;
    private int passage;
    private int uncommitted;
    private Optional<Map<String, DocumentState>> states = Optional.empty();

    private PostgresWriting(
            Failures failures, Connection connection, Tables tables, IndexedWith with)
            throws SQLException {
        this.failures = failures;
        this.connection = connection;
        this.tables = tables;
        this.counter = new WordCounter(with.settings().analysis());
        this.vocabulary = new Vocabulary(connection, tables);
        this.rules = new Rules(connection, tables);
        this.documents = new Copied(tables.documents());
        this.passages = new Copied(tables.passages());
        this.vectors = new Copied(tables.vectors());
        this.postings = new Copied(tables.postings());
        this.document = highest(tables.documents());
        this.passage = highest(tables.passages());
    }

    static PostgresWriting open(
            Failures failures, Connection connection, Tables tables, IndexedWith with)
            throws SQLException {
        return new PostgresWriting(failures, connection, tables, with);
    }

    private int highest(String table) throws SQLException {
        return Sql.number(connection, "select coalesce(max(number), 0) from " + table);
    }

    @Override
    public StoredDocuments stored() {
        return new PostgresDocuments(failures, connection, tables);
    }

    @Override
    public Map<String, DocumentState> states() throws IOException {
        if (states.isEmpty()) {
            states = Optional.of(stored().states());
        }
        return states.orElseThrow();
    }

    @Override
    public Map<String, float[]> vectorsOf(Set<String> contents) {
        return asked(() -> {
            flush();
            var known = new HashMap<String, float[]>();
            Sql.rows(
                    connection,
                    row -> known.put(row.getString(1), Sql.floats(row.getBytes(2))),
                    "select p.content, vector_send(v.embedding) from "
                            + tables.passages()
                            + " p join "
                            + tables.vectors()
                            + " v on v.passage = p.number where p.content = any(?)",
                    contents);
            return known;
        });
    }

    @Override
    public int uncommitted() {
        return uncommitted;
    }

    @Override
    public void replace(DocumentState state, List<StoredPassages.Embedded> embedded)
            throws IOException {
        Failpoints.reach("index.write");
        asked(() -> {
            delete(state.path());
            write(state, embedded);
            return true;
        });
    }

    private void write(DocumentState state, List<StoredPassages.Embedded> embedded)
            throws SQLException {
        int rule = rules.number(state.rule());
        var all = embedded.stream().flatMap(each -> each.vector().stream()).toList();
        document++;
        documents.row(
                document,
                state.path(),
                rule,
                state.text(),
                metadata(state),
                DocumentVector.of(all).<Object>map(Sql::vector).orElse(Copied.NONE));
        kept.add(Sql.storable(state.path()));
        for (int place = 0; place < embedded.size(); place++) {
            write(embedded.get(place), rule, place);
        }
        rules.add(rule, all.size());
        uncommitted += all.size();
        if (passages.length() + postings.length() + vectors.length() > MOST_KEPT) {
            flush();
        }
    }

    private void write(StoredPassages.Embedded embedded, int rule, int place) throws SQLException {
        passage++;
        var chunk = embedded.chunk();
        var field = WordField.of(chunk.language());
        var counted = counter.countIn(field, chunk.indexed());
        var numbers = vocabulary.numbers(field, counted.counts().keySet());
        var words = new StringBuilder("{");
        for (var word : counted.counts().entrySet()) {
            int number = numbers.getOrDefault(word.getKey(), 0);
            postings.row(number, passage, rule, word.getValue(), counted.length());
            vocabulary.count(number, 1);
            words.append(words.length() == 1 ? "" : ",").append(number);
        }
        vocabulary.countField(field, counted.counts().isEmpty() ? 0 : 1, counted.tokens());
        passages.row(
                passage,
                document,
                rule,
                place,
                chunk.id(),
                chunk.title(),
                chunk.section(),
                chunk.text(),
                chunk.pages().first(),
                chunk.pages().last(),
                chunk.language().<Object>map(each -> each.label()).orElse(Copied.NONE),
                StoredPassages.content(chunk),
                counted.tokens(),
                words.append('}'));
        embedded.vector()
                .ifPresent(vector -> vectors.row(passage, document, rule, Sql.vector(vector)));
    }

    /// For each field what its values can be compared as.
    private static String metadata(DocumentState state) {
        var json = Json.mapper().createObjectNode();
        state.metadata()
                .fields()
                .forEach((name, values) -> {
                    var array = json.putArray(Sql.storable(name));
                    for (var value : values) {
                        var each = array.addObject().put("t", Sql.storable(value));
                        var compared = MetadataValue.of(value);
                        compared.number().ifPresent(number -> each.put("n", number));
                        compared.from().ifPresent(from -> each.put("m", from));
                    }
                });
        return json.toString();
    }

    private void flush() throws SQLException {
        vocabulary.flush();
        documents.write(connection);
        passages.write(connection);
        vectors.write(connection);
        postings.write(connection);
        kept.clear();
    }

    @Override
    public void restate(DocumentState state) {
        asked(() -> {
            flush();
            Sql.update(
                    connection,
                    "update " + tables.documents() + " set state = ? where path = ?",
                    Sql.storable(state.text()),
                    Sql.storable(state.path()));
            return true;
        });
    }

    private record Gone(int number, int rule, String field, int tokens, Integer[] words) {}

    @Override
    public void remove(String path) {
        asked(() -> {
            if (delete(path)) {
                Sql.update(
                        connection,
                        "insert into " + tables.removed() + " values (?) on conflict do nothing",
                        Sha256.of(path));
            }
            return true;
        });
    }

    /// @return whether it was there
    private boolean delete(String path) throws SQLException {
        var stored = Sql.storable(path);
        if (kept.contains(stored)) {
            flush();
        }
        var numbers =
                Sql.rows(
                        connection,
                        row -> row.getInt(1),
                        "delete from " + tables.documents() + " where path = ? returning number",
                        stored);
        for (int number : numbers) {
            removePassages(number);
        }
        return !numbers.isEmpty();
    }

    private void removePassages(int of) throws SQLException {
        var gone =
                Sql.rows(
                        connection,
                        row ->
                                new Gone(
                                        row.getInt(1),
                                        row.getInt(2),
                                        WordField.of(
                                                Optional.ofNullable(row.getString(3))
                                                        .map(
                                                                dev.sartor.retrieve.text.Analysis
                                                                        ::labelled)),
                                        row.getInt(4),
                                        (Integer[]) row.getArray(5).getArray()),
                        "delete from "
                                + tables.passages()
                                + " where document = ? returning number, rule, language, tokens, words",
                        of);
        for (var each : gone) {
            var words = new int[each.words().length];
            for (int i = 0; i < words.length; i++) {
                words[i] = each.words()[i];
                vocabulary.count(words[i], -1);
            }
            vocabulary.countField(each.field(), words.length == 0 ? 0 : -1, -each.tokens());
            Sql.update(
                    connection,
                    "delete from " + tables.postings() + " where word = any(?) and passage = ?",
                    words,
                    each.number());
        }
        if (!gone.isEmpty()) {
            int vectors =
                    Sql.update(
                            connection,
                            "delete from " + tables.vectors() + " where document = ?",
                            of);
            rules.add(gone.getFirst().rule(), -vectors);
        }
    }

    @Override
    public void commit() throws IOException {
        Failpoints.reach("index.commit");
        asked(() -> {
            flush();
            vocabulary.store();
            rules.store();
            connection.commit();
            return true;
        });
        Failpoints.reach("index.committed");
        uncommitted = 0;
        states = Optional.empty();
    }

    /// Lets the database know how much lies where, and has a large index find its nearest vectors by a graph.
    @Override
    public void settle(int written, Progress progress) {
        asked(() -> {
            int held = Sql.number(connection, "select count(*) from " + tables.passages());
            if (written >= held / LARGE_CHANGE) {
                connection.commit();
                new Vacuum(connection).analyze(tables, held > PassageIndex.EXACT_UP_TO);
            }
            int vectors = Sql.number(connection, "select count(*) from " + tables.vectors());
            if (vectors > PassageIndex.EXACT_UP_TO) {
                Nearest.make(connection, tables, progress);
            }
            connection.commit();
            return true;
        });
    }

    @Override
    public void close() {
        counter.close();
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(PostgresWriting.class).warn("closing the index", e);
        }
    }

    @FunctionalInterface
    private interface Asked<T> {
        T of() throws SQLException;
    }

    private <T> T asked(Asked<T> asked) {
        try {
            return asked.of();
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }
}
