package dev.sartor.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcStoreTest {
    @TempDir private Path root;

    private Connection database() throws SQLException {
        var connection = DriverManager.getConnection(address());
        say(
                connection,
                "create table page (id varchar primary key, heading varchar, body clob, may varchar, v int)",
                "insert into page values ('1', 'Kettles', 'They boil water.', 'everyone', 1)",
                "insert into page values ('2', 'Lamps', 'They shine.', 'everyone', 1)",
                "insert into page values ('3', '', 'Mugs hold tea.', null, 1)");
        return connection;
    }

    private String address() {
        return "jdbc:h2:mem:" + root.getFileName();
    }

    private static void say(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    private void isFollowed(IndexedSource indexed, Connection database, String source)
            throws SQLException {
        assertThat(indexed.counts(source)).isEqualTo(IndexedSource.ADDED);
        assertThat(indexed.found("boil")).containsExactly("1");
        assertThat(indexed.counts(source)).isEqualTo(IndexedSource.UNCHANGED);
        say(database, "update page set body = 'They whistle.', v = 2 where id = '1'");
        assertThat(indexed.counts(source)).isEqualTo(IndexedSource.CHANGED);
        assertThat(indexed.found("whistle")).containsExactly("1");
        say(database, "delete from page where id = '3'");
        assertThat(indexed.counts(source)).isEqualTo(IndexedSource.REMOVED);
        say(database, "update page set may = 'group:sales, user:ann' where id = '2'");
        assertThat(indexed.counts(source)).isEqualTo(IndexedSource.RELABELLED);
        assertThat(indexed.found("shine")).isEmpty();
        assertThat(indexed.found("shine", "user:ann")).containsExactly("2");
    }

    @Test
    void aQuerysRowsAreFollowedByTheirContent() throws Exception {
        var indexed = new IndexedSource(root);
        try (var database = database()) {
            isFollowed(
                    indexed,
                    database,
                    indexed.settings(
                            "wiki",
                            """
                            address: %s
                            query: select id, heading, body, may from page
                            columns: {title: heading, text: body, readers: may}
                            """
                                    .replace("%s", address())));
        }
    }

    @Test
    void aVersionColumnSparesTheTextsOfWhatIsUnchanged() throws Exception {
        var indexed = new IndexedSource(root);
        try (var database = database()) {
            isFollowed(
                    indexed,
                    database,
                    indexed.settings(
                            "wiki",
                            """
                            address: %s
                            query: select id, v as version, may as readers from page
                            content: select heading as title, body as text from page where id = ?
                            """
                                    .replace("%s", address())));
        }
    }

    @Test
    void aQueryThatFailsPartWayRemovesNothing() throws Exception {
        var indexed = new IndexedSource(root);
        try (var database = database()) {
            var yaml =
                    "address: " + address() + "\nquery: select id, body as text from page where v";
            indexed.run(indexed.settings("wiki", yaml + " > 0"));
            say(database, "insert into page values ('4', '', 'x', 'sales', 0)");
            assertThatThrownBy(() ->
                            indexed.run(indexed.settings("wiki", yaml + " / v < 2 order by id")))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("wiki.source.yaml: the query failed (Division by zero");
            assertThat(indexed.found("boil")).containsExactly("1");
        }
    }

    @Test
    void whatIsWrongWithRowsAndColumnsIsNamed() throws Exception {
        var indexed = new IndexedSource(root);
        try (var database = database()) {
            assertThatThrownBy(() -> indexed.run(address()))
                    .hasMessageContaining("must come with a query");
            var yaml = "address: " + address() + "\nquery: ";
            assertThatThrownBy(() ->
                            indexed.run(indexed.settings("wiki", yaml + "select id from page")))
                    .hasMessageContaining("the query must give a column text, and gives ID: name");
            assertThatThrownBy(() ->
                            indexed.run(
                                    indexed.settings(
                                            "wiki",
                                            yaml + "select v as id, body as text from page")))
                    .hasMessageContaining("two rows have the id 1");
            say(database, "update page set may = 'sales' where id = '2'");
            var report =
                    indexed.run(
                            indexed.settings(
                                    "wiki",
                                    yaml + "select id, body as text, may as readers from page"));
            assertThat(report.failed())
                    .extracting(each -> each.path() + ": " + each.reason())
                    .singleElement()
                    .asString()
                    .startsWith("2: nobody may read it: readers must hold names such as");
            assertThat(indexed.found("shine")).isEmpty();
        }
    }

    @Test
    void passwordsComeByReferenceAlone() throws Exception {
        var indexed = new IndexedSource(root);
        assertThatThrownBy(
                        () -> indexed.run("jdbc:postgresql://db.example.com/wiki?password=geheim"))
                .hasMessageContaining("address must not hold credentials")
                .hasMessageNotContaining("geheim");
        var yaml =
                "address: "
                        + address()
                        + "\nquery: select 1\npassword_env: WIKI_PASSWORD\nregion: x\n";
        assertThatThrownBy(() -> indexed.run(indexed.settings("wiki", yaml)))
                .hasMessageContaining("region is not a setting of this kind of source");
        assertThatThrownBy(() ->
                        indexed.run(indexed.settings("wiki", yaml.replace("region: x\n", ""))))
                .hasMessageContaining(
                        "password_env names the environment variable WIKI_PASSWORD, which is not set");
    }
}
