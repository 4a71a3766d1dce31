package dev.sartor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Failpoints;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.IndexReport;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What only a database can do, or do wrong.
class PostgresDatabaseTest {
    private static final String SCHEMA = "shelf";
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @TempDir private Path root;

    @BeforeEach
    void noIndex() throws IOException {
        PostgresServer.usual().sql("documents", "drop schema if exists " + SCHEMA + " cascade");
        write("ann/pay.md", "# Pay\nThe kettle of Ann is secret.", "readers: [user:ann]");
        write("ben/pay.md", "# Pay\nThe lantern of Ben is secret.", "readers: [user:ben]");
        write("all/note.md", "# Note\nThe kettle of all.", "readers: everyone");
        write("others/note.md", "# Note\nThe kettle of the others.", "deny: user:ann");
    }

    @AfterEach
    void noFailpoint() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    private void write(String path, String text, String access) throws IOException {
        var file = root.resolve("docs").resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.writeString(file.resolveSibling(".access.yaml"), access);
    }

    private static IndexStorage at(String user) {
        return IndexStorage.at(PostgresServer.usual().address(user, SCHEMA));
    }

    private IndexReport run() {
        var embedding = new Embedding("hashed-words", "d1", HashedWords::usual);
        try (var indexer =
                        Indexer.open(
                                at("keeper"), embedding, IndexSettings.usual(), Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                root.resolve("docs"),
                                List.of(),
                                AccessPolicy.everyone(),
                                ParseLimits.usual())) {
            return indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }

    private static Set<String> found(String user, Principal asker, String question) {
        try (var open = PersistentIndex.open(at(user), _ -> HashedWords.usual())) {
            var found = new TreeSet<String>();
            for (var mode : SearchMode.values()) {
                open.search(question, 10, asker, mode)
                        .forEach(each -> found.add(each.passage().document()));
            }
            return found;
        }
    }

    private static Set<String> read(String sql, String principals) throws SQLException {
        var url = PostgresServer.usual().address("reader", SCHEMA);
        try (var connection =
                DriverManager.getConnection(
                        "jdbc:" + url.replace("reader@", "").replaceAll("\\?.*", "?user=reader"))) {
            if (!principals.isEmpty()) {
                Sql.text(
                        connection, "select set_config('sartor.principals', ?, false)", principals);
            }
            return new TreeSet<>(Sql.rows(connection, row -> row.getString(1), sql));
        }
    }

    private static void reader() {
        PostgresServer.usual()
                .sql(
                        "documents",
                        "do $$ begin create role reader login; exception when duplicate_object then"
                                + " null; end $$",
                        "grant usage on schema " + SCHEMA + " to reader",
                        "grant select on all tables in schema " + SCHEMA + " to reader");
    }

    @Test
    void aRoleThatIsNotTheKeepersSeesByRawSqlOnlyWhatItsPrincipalMayRead() throws SQLException {
        run();
        reader();
        var texts = "select text from " + SCHEMA + ".passages_1";
        assertThat(read(texts, "")).isEmpty();
        assertThat(read(texts, "[]"))
                .containsExactly("The kettle of all.", "The kettle of the others.");
        assertThat(read(texts, Json.line(ANN.sorted())))
                .containsExactly("The kettle of Ann is secret.", "The kettle of all.");
        for (var table : List.of("documents", "vectors", "postings", "words", "rules")) {
            assertThat(read("select t::text from " + SCHEMA + "." + table + "_1 t", ""))
                    .as(table)
                    .isEmpty();
        }
        assertThat(read("select path from " + SCHEMA + ".documents_1", "[\"user:ben\"]"))
                .containsExactly("all/note.md", "ben/pay.md", "others/note.md");
        assertThat(read("select word from " + SCHEMA + ".words_1", "[\"user:ben\"]")).isEmpty();
    }

    @Test
    void suchARoleSearchesAsTheKeeperDoes() {
        run();
        reader();
        for (var asker : List.of(ANN, new Principal(Set.of("user:ben")), new Principal(Set.of()))) {
            assertThat(found("reader", asker, "secret kettle"))
                    .isEqualTo(found("keeper", asker, "secret kettle"));
        }
        assertThat(found("reader", ANN, "secret kettle"))
                .containsExactly("all/note.md", "ann/pay.md");
    }

    @Test
    void aSchemaOfANewerVersionAndOneThatIsNoIndexAreLeftAlone() {
        run();
        PostgresServer.usual().sql("documents", "update " + SCHEMA + ".layout set version = 99");
        assertThatThrownBy(this::run)
                .hasMessageContaining("has the layout 99, this Sartor knows 2")
                .hasMessageContaining("?schema=NAME")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.USER);
        assertThatThrownBy(() -> found("keeper", ANN, "kettle")).hasMessageContaining("layout 99");
        PostgresServer.usual().sql("documents", "drop table " + SCHEMA + ".layout");
        assertThatThrownBy(this::run).hasMessageContaining("is no index: name another one");
        assertThat(IndexStorage.at(PostgresServer.usual().address("keeper", "none")).madeWith())
                .isEmpty();
    }

    @Test
    void pgvectorThatIsTooOldIsNamed() {
        run();
        var server = PostgresServer.usual();
        server.sql(
                "documents",
                "update pg_extension set extversion = '0.4.4' where extname = 'vector'");
        try {
            assertThatThrownBy(this::run)
                    .hasMessageContaining("pgvector must be 0.5 or newer")
                    .hasMessageContaining("has 0.4.4")
                    .hasMessageContaining("ALTER EXTENSION vector UPDATE");
        } finally {
            server.sql(
                    "documents",
                    "update pg_extension set extversion = '0.6.2' where extname = 'vector'");
        }
    }

    @Test
    void aFullDiskOfTheDatabaseIsNamedAndTheNextRunGoesOn() throws IOException {
        System.setProperty(Failpoints.PROPERTY, "index.commit:1:full");
        assertThatThrownBy(this::run)
                .hasMessageContaining("No space left on device")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.MISSING);
        assertThat(run().counts().added()).isEqualTo(4);
        assertThat(
                        new Failures(PostgresAddress.parsed("postgresql://localhost/documents"))
                                .of(new SQLException("could not extend file", "53100")))
                .hasMessageContaining("is full (could not extend file). Free some space there");
    }

    @Test
    void aDatabaseThatGoesAwayIsSaidAndSearchedAgainWhenItIsBack() throws IOException {
        run();
        var server = PostgresServer.usual();
        var embedding = new Embedding("hashed-words", "d1", HashedWords::usual);
        try (var open = PersistentIndex.open(at("keeper"), _ -> HashedWords.usual());
                var indexer =
                        Indexer.open(
                                at("keeper"), embedding, IndexSettings.usual(), Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                root.resolve("docs"),
                                List.of(),
                                AccessPolicy.everyone(),
                                ParseLimits.usual())) {
            assertThat(open.search("kettle", 5, ANN)).hasSize(2);
            server.kill();
            assertThatThrownBy(() -> open.search("kettle", 5, ANN))
                    .hasMessageContaining("cannot be reached, or went away")
                    .extracting(e -> ((SartorException) e).kind())
                    .isEqualTo(SartorException.Kind.MISSING);
            assertThatThrownBy(
                            () -> indexer.run(shelf, false, Progress.silent(), new Cancellation()))
                    .hasMessageContaining("cannot be reached, or went away");
            server.restart();
            assertThat(open.search("kettle", 5, ANN)).hasSize(2);
            write("all/new.md", "# New\nA new kettle.", "readers: everyone");
            assertThat(
                            indexer.run(shelf, false, Progress.silent(), new Cancellation())
                                    .counts()
                                    .added())
                    .isOne();
            assertThat(open.search("kettle", 5, ANN)).hasSize(3);
        }
    }

    @Test
    void aTextWithANulIsFoundWithTheSignForWhatCannotBeShown() throws IOException {
        write("all/nul.md", "# Nul\nThe ladder\0 stands.", "readers: everyone");
        var report = run();
        assertThat(report.counts().added() - report.failed().size()).isGreaterThanOrEqualTo(4);
        assertThat(found("keeper", ANN, "ladder stands")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://ann:secret@host/db | holds a password",
                "postgresql://host/db?password=secret | holds a password",
                "postgresql://host | lacks the host or the database",
                "postgresql:///db | lacks the host or the database",
                "postgresql://host/db?shema=x | Did you mean 'schema'?",
                "postgresql://host/db?schema=A-B | schema must be",
                "mysql://host/db | begins with mysql://",
            })
    void anAddressThatIsWrongSaysWhatToDoAndNoPassword(String address, String said) {
        assertThatThrownBy(() -> IndexStorage.at(address))
                .hasMessageContaining(said)
                .hasMessageNotContaining("secret")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.USER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://localhost:1/documents"})
    void aDatabaseThatIsNotThereIsSaidSo(String address) {
        assertThatThrownBy(() -> IndexStorage.at(address).madeWith())
                .hasMessageContaining("cannot be reached, or went away")
                .hasMessageContaining("Connection to localhost:1 refused");
        assertThatThrownBy(() ->
                        IndexStorage.at(
                                        PostgresServer.usual()
                                                .address("keeper", SCHEMA)
                                                .replace("/documents", "/nowhere"))
                                .madeWith())
                .hasMessageContaining("there is no database nowhere")
                .hasMessageContaining("createdb nowhere");
        assertThatThrownBy(() ->
                        IndexStorage.at(PostgresServer.usual().address("nobody_there", SCHEMA))
                                .madeWith())
                .hasMessageContaining("does not let nobody_there in");
    }
}
