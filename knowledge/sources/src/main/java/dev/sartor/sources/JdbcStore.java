package dev.sartor.sources;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.core.file.Sha256;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The rows of a query, one document each. A row is told from its `version` column, or from its content. Texts that have
/// changed are kept from the listing in a private file until they are read.
final class JdbcStore implements Store {
    private static final int ROWS_AT_ONCE = 500;
    private static final int SECONDS = 600;
    private static final int MOST_OF_A_TEXT = 16 << 20;

    private final SourceSettings settings;
    private final JdbcConnections connections;
    private final String query;
    private final Path texts;
    private final Map<String, Place> kept = new HashMap<>();
    private Optional<Connection> open = Optional.empty();

    private JdbcStore(
            SourceSettings settings, JdbcConnections connections, String query, Path texts) {
        this.texts = texts;
        this.settings = settings;
        this.connections = connections;
        this.query = query;
    }

    /// @param texts the file for texts between listing and reading
    /// @throws SartorException a user's error where there is no query
    static JdbcStore of(
            SourceSettings settings, Credentials credentials, AddressGuard guard, Path texts) {
        var query =
                settings.text("query")
                        .orElseThrow(() ->
                                SartorException.user(
                                        settings.where()
                                                + " must come with a query: write a file such as wiki.source.yaml with"
                                                + " address and `query: select id, title, text, readers from page`, and"
                                                + " name that file in its place."));
        return new JdbcStore(
                settings, new JdbcConnections(settings, credentials, guard), query, texts);
    }

    private record Row(String title, String text) {}

    /// Where a text lies in the file.
    private record Place(String title, long start, int length) {}

    @Override
    public boolean isTree() {
        return false;
    }

    private String column(String key) {
        return settings.columns().getOrDefault(key, key);
    }

    @Override
    public Listing list(Map<String, String> stamps) {
        var remarks = new ArrayList<ParseReport.Unreadable>();
        return new Listing(listed(stamps, remarks), remarks);
    }

    private List<Entry> listed(Map<String, String> stamps, List<ParseReport.Unreadable> remarks) {
        kept.clear();
        var entries = new ArrayList<Entry>();
        var ids = new HashSet<String>();
        try (var file = emptied();
                var connection = connections.open();
                var statement = connection.prepareStatement(query)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setQueryTimeout(SECONDS);
            try (var rows = statement.executeQuery()) {
                var columns = columns(rows);
                while (rows.next()) {
                    var row =
                            new Row(string(rows, columns, "title"), string(rows, columns, "text"));
                    var entry = entry(rows, columns, row, remarks);
                    if (!ids.add(entry.path())) {
                        throw twice(entry.path());
                    }
                    if (ids.size() > RemoteSource.MOST_DOCUMENTS) {
                        throw RemoteSource.tooMany(settings.where());
                    }
                    entries.add(entry);
                    if (settings.text("content").isEmpty()
                            && !entry.stamp().equals(stamps.get(entry.path()))) {
                        keep(entry.path(), row, file);
                    }
                }
            }
            connection.rollback();
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw AtomicFile.failure(texts, e);
        }
        return entries;
    }

    private FileChannel emptied() throws IOException {
        PrivateFiles.makeFolder(texts.toAbsolutePath().resolveSibling(".").normalize());
        return PrivateFiles.open(
                texts,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void keep(String id, Row row, FileChannel file) throws IOException {
        var bytes = ByteBuffer.wrap(row.text().getBytes(StandardCharsets.UTF_8));
        kept.put(id, new Place(row.title(), file.position(), bytes.remaining()));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private SartorException twice(String id) {
        return SartorException.user(
                settings.where()
                        + ": two rows have the id "
                        + id
                        + ": let the query name a column whose values differ, under columns: id.");
    }

    private SartorException failed(SQLException e) {
        return SartorException.missing(
                settings.where()
                        + ": the query failed ("
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                        + "): check query and columns, and whether the database answers. Nothing was"
                        + " removed from the index.",
                e);
    }

    /// Positions by the names, in lower case: databases differ in the case that they give back.
    private Map<String, Integer> columns(ResultSet rows) throws SQLException {
        var all = new TreeMap<String, Integer>(String.CASE_INSENSITIVE_ORDER);
        var meta = rows.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            all.put(meta.getColumnLabel(i), i);
        }
        var problems = new Problems();
        for (var key : settings.columns().keySet()) {
            if (!all.containsKey(column(key))) {
                problems.add(settings.where(), lacks(key, all));
            }
        }
        for (var key :
                settings.text("content").isPresent()
                        ? List.of("id", "version")
                        : List.of("id", "text")) {
            if (!all.containsKey(column(key)) && !settings.columns().containsKey(key)) {
                problems.add(settings.where(), lacks(key, all));
            }
        }
        problems.throwIfAny();
        return all;
    }

    private String lacks(String key, Map<String, Integer> all) {
        return "the query must give a column "
                + column(key)
                + ", and gives "
                + String.join(", ", all.keySet())
                + ": name the one that is the "
                + key
                + " under columns.";
    }

    private Entry entry(
            ResultSet rows,
            Map<String, Integer> columns,
            Row row,
            List<ParseReport.Unreadable> remarks)
            throws SQLException {
        var id = string(rows, columns, "id");
        if (id.isBlank()) {
            throw SartorException.user(
                    settings.where()
                            + ": a row has no id: let the query leave it out, or name another column under columns: id.");
        }
        var metadata = metadata(rows, columns);
        var version = string(rows, columns, "version");
        var told =
                version.isEmpty() || !columns.containsKey(column("version"))
                        ? "row:" + Sha256.of(row.title() + "\n" + row.text())
                        : "version:" + id + ":" + version;
        return new Entry(
                id,
                metadata.fields().isEmpty() ? told : told + " " + Sha256.of(Json.line(metadata)),
                Optional.of(told),
                Instant.EPOCH,
                access(rows, columns, id, remarks),
                metadata);
    }

    private String string(ResultSet rows, Map<String, Integer> columns, String key)
            throws SQLException {
        var at = columns.get(column(key));
        var value = at == null ? null : rows.getString(at);
        return value == null ? "" : value;
    }

    /// The columns that have no other meaning.
    private Metadata metadata(ResultSet rows, Map<String, Integer> columns) throws SQLException {
        var own =
                List.of("id", "title", "text", "readers", "version").stream()
                        .map(this::column)
                        .toList();
        var fields = new TreeMap<String, List<String>>();
        for (var column : columns.entrySet()) {
            if (own.stream().noneMatch(column.getKey()::equalsIgnoreCase)) {
                var value = rows.getString(column.getValue());
                if (value != null && value.length() <= 1000) {
                    fields.put(column.getKey().toLowerCase(java.util.Locale.ROOT), List.of(value));
                }
            }
        }
        return new Metadata(fields);
    }

    /// An array, or names between commas. NULL says nothing; what cannot be understood lets nobody read.
    private AccessRule access(
            ResultSet rows,
            Map<String, Integer> columns,
            String id,
            List<ParseReport.Unreadable> remarks)
            throws SQLException {
        var at = columns.get(column("readers"));
        var value = at == null ? null : rows.getObject(at);
        if (at == null || value == null) {
            return AccessRule.silent();
        }
        List<String> names;
        if (value instanceof java.sql.Array array && array.getArray() instanceof Object[] many) {
            names = Arrays.stream(many).map(String::valueOf).toList();
        } else {
            names =
                    Arrays.stream(String.valueOf(rows.getString(at)).split(",", -1))
                            .map(String::strip)
                            .filter(name -> !name.isEmpty())
                            .toList();
        }
        var problems = new Problems();
        var rule = AccessRule.of(Map.of("readers", names), id, problems);
        if (problems.isEmpty()) {
            return rule;
        }
        remarks.add(
                new ParseReport.Unreadable(
                        id,
                        "nobody may read it: " + problems.all().getFirst().replace(id + ": ", "")));
        return AccessRule.nobody();
    }

    @Override
    public Content fetch(Entry entry, Path file) throws IOException {
        Row row;
        try {
            row = settings.text("content").isPresent() ? content(entry) : text(entry);
        } catch (SQLException e) {
            throw failed(e);
        }
        if (row.text().length() > MOST_OF_A_TEXT) {
            throw new Unfetchable("has more than 16 Mi characters");
        }
        Files.writeString(file, row.text());
        return new Content(
                settings.text("format").orElse("txt"),
                Optional.of(row.title().isBlank() ? entry.path() : row.title()));
    }

    private Row text(Entry entry) throws IOException {
        if (!kept.containsKey(entry.path())) {
            listed(Map.of(), new ArrayList<>()); // unchanged, but to be read in another way
        }
        var place = kept.get(entry.path());
        if (place == null) {
            throw new Unfetchable("its row is gone since it was listed");
        }
        var bytes = ByteBuffer.allocate(place.length());
        try (var file = FileChannel.open(texts)) {
            while (bytes.hasRemaining()
                    && file.read(bytes, place.start() + bytes.position()) >= 0) {}
        }
        return new Row(place.title(), new String(bytes.array(), StandardCharsets.UTF_8));
    }

    private Connection connection() throws SQLException {
        var now = open.isPresent() && !open.get().isClosed() ? open.get() : connections.open();
        open = Optional.of(now);
        return now;
    }

    private Row content(Entry entry) throws SQLException, Unfetchable {
        try (var statement =
                connection().prepareStatement(settings.text("content").orElseThrow())) {
            statement.setQueryTimeout(SECONDS);
            statement.setString(1, entry.path());
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new Unfetchable("the content query gives no row for it");
                }
                var columns = new TreeMap<String, Integer>(String.CASE_INSENSITIVE_ORDER);
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.put(rows.getMetaData().getColumnLabel(i), i);
                }
                return new Row(string(rows, columns, "title"), string(rows, columns, "text"));
            }
        }
    }

    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
            connections.close();
            Files.deleteIfExists(texts);
        } catch (SQLException | IOException e) {
            org.slf4j.LoggerFactory.getLogger(JdbcStore.class).warn("closing the database", e);
        }
    }
}
