package dev.sartor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The contract, kept in a file.
class SqliteStateTest extends IssuedKeysContract {
    private static final KeyGrant BEN =
            new KeyGrant(
                    Optional.of("ben"),
                    List.of(),
                    Optional.empty(),
                    Scope.usual(),
                    Optional.empty());

    @TempDir private Path folder;

    @Override
    protected String address() {
        return folder.resolve("state.db").toString();
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + address());
                var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFileAndThoseBesideItAreTheirOwnersAlone() throws IOException {
        State.open(address()).keys().create(BEN);
        try (var kept = State.open(address()).follow(List.of());
                var files = Files.list(folder)) {
            kept.now();
            for (var file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void noSecretStandsInTheFile() throws IOException {
        var made = State.open(address()).keys().create(BEN);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(
                                new String(
                                        Files.readAllBytes(file),
                                        java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(made.secret().substring(3));
            }
        }
    }

    @Test
    void whatIsNoStateIsRefusedByName() throws IOException {
        var text = Files.writeString(folder.resolve("notes.txt"), "not a database. ".repeat(99));
        assertThatThrownBy(() -> State.open(text.toString()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("notes.txt is no file of SQLite: name another one");
        assertThat(Files.readString(text)).startsWith("not a database.");
        assertThatThrownBy(() -> State.open(folder.toString()))
                .hasMessageContaining("--state " + folder);
        assertThatThrownBy(() -> State.open("mysql://ann:secret@host/db"))
                .hasMessageContaining("postgresql://HOST/DATABASE")
                .hasMessageNotContaining("secret");
    }

    @Test
    void otherTablesThanAStatesAreLeftAlone() throws SQLException {
        var other = folder.resolve("other.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                var run = connection.createStatement()) {
            run.execute("CREATE TABLE orders (id INTEGER)");
        }
        assertThatThrownBy(() -> State.open(other.toString()))
                .hasMessageContaining("holds other tables than a server's state");
    }

    @Test
    void aStateOfANewerVersionIsRefused() throws SQLException {
        State.open(address());
        sql(
                "INSERT INTO sartor_migrations SELECT 99, '99', 'later', type, 'V99__later.sql', 1,"
                        + " installed_by, installed_on, 1, success FROM sartor_migrations LIMIT 1");
        assertThatThrownBy(() -> State.open(address()))
                .hasMessageContaining("another version of Sartor than this one");
    }

    @Test
    void aFileThatIsGoneLetsNobodyInUntilItIsBack() throws IOException, SQLException {
        var state = State.open(address());
        var made = state.keys().create(BEN);
        try (var kept = state.follow(List.of())) {
            assertThat(kept.now().find(made.secret())).isPresent();
            sql("ALTER TABLE changes RENAME TO hidden");
            assertThat(kept.now().areAll()).isFalse();
            assertThat(kept.now().find(made.secret())).isEmpty();
            sql("ALTER TABLE hidden RENAME TO changes");
            assertThat(kept.now().find(made.secret())).isPresent();
        }
    }
}
