package dev.sartor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.retrieve.index.Forgetting;
import dev.sartor.retrieve.index.ForgettingContract;
import dev.sartor.retrieve.index.IndexStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract in a database, and what holds of it alone.
class PostgresForgettingTest extends ForgettingContract {
    private static final String SCHEMA = "forgetting";

    @BeforeEach
    void noIndex() {
        sql("drop schema if exists " + SCHEMA + " cascade");
    }

    private static void sql(String... statements) {
        PostgresServer.usual().sql("documents", statements);
    }

    private static String asked(String sql) throws SQLException {
        return PostgresServer.usual().asked("documents", sql);
    }

    @Override
    protected IndexStorage index() {
        return IndexStorage.at(PostgresServer.usual().address("keeper", SCHEMA));
    }

    /// In the files of the databases, where what is deleted stays, and in the tables.
    @Override
    protected List<String> traces() throws IOException {
        sql("checkpoint");
        return PostgresServer.usual().filesWith("documents", CANARY, "jane.md");
    }

    @Override
    protected List<String> failpoints() {
        return List.of("index.commit", "index.copy", "index.copied");
    }

    @Test
    void theRecordHoldsDigestsAndNoRoleButTheOwnersSeesIt() throws SQLException, IOException {
        run();
        Files.delete(docs().resolve("0.md"));
        run();
        sql(
                "do $$ begin create role reader login; exception when duplicate_object then null; end $$",
                "grant usage on schema " + SCHEMA + " to reader",
                "grant select on all tables in schema " + SCHEMA + " to reader");
        assertThat(asked("select path from forgetting.removed")).isEqualTo(Sha256.of("0.md"));
        assertThat(asked("set role reader; select count(*) from forgetting.removed"))
                .isEqualTo("0");
        forget(JANE);
        assertThat(asked("select count(*) from forgetting.removed")).isEqualTo("0");
        assertThat(asked("select string_agg(t::text, ' ') from forgetting.forgotten t"))
                .contains(Sha256.of(JANE))
                .doesNotContain("jane");
        assertThat(asked("set role reader; select count(*) from forgetting.forgotten"))
                .isEqualTo("0");
        assertThat(asked("select has_table_privilege('reader', 'forgetting.passages_2', 'select')"))
                .as("who might read the tables before may read those that took their place")
                .isEqualTo("t");
        assertThat(asked("select to_regclass('forgetting.passages_1') is null")).isEqualTo("t");
    }

    @Test
    void wordsAndRulesThatNoDocumentHasAnyMoreAreInNoTable() throws SQLException, IOException {
        write(
                "people/.access.yaml",
                "readers: [user:quillonwhisper, user:ann]"); // a rule that names the person
        run();
        assertThat(asked("select count(*) from forgetting.rules_1")).isEqualTo("2");
        forget(JANE);
        assertThat(traces()).isEmpty();
        assertThat(asked("select count(*) from forgetting.rules_2")).isEqualTo("1");
        assertThat(asked("select count(*) from forgetting.words_2 where passages = 0"))
                .isEqualTo("0");
        assertThat(asked("select count(*) from forgetting.words_2 where word in ('jane', 'quay')"))
                .isEqualTo("0");
    }

    @Test
    void anIndexOfTheLayoutBeforeIsSearchedAsItIsAndBroughtForwardByWhoeverWrites()
            throws SQLException {
        run();
        sql(
                "drop table " + SCHEMA + ".forgotten, " + SCHEMA + ".removed",
                "update " + SCHEMA + ".layout set version = 1",
                "alter table " + SCHEMA + ".passages_1 alter column text set statistics -1");
        try (var open = opened()) {
            assertThat(found(open)).containsExactly(JANE);
        }
        assertThat(asked("select version from forgetting.layout")).isEqualTo("1");
        assertThat(run().counts().changesNothing()).isTrue();
        assertThat(asked("select version from forgetting.layout")).isEqualTo("2");
        assertThat(
                        asked(
                                "select attstattarget from pg_attribute where attrelid ="
                                        + " 'forgetting.passages_1'::regclass and attname = 'text'"))
                .isEqualTo("0");
        forget(JANE);
        assertThat(run().forgotten()).isOne();
    }

    @Test
    void aSchemaThatIsNotThereIsNoIndex() {
        assertThatThrownBy(() -> Forgetting.open(index(), Clock.systemUTC()))
                .hasMessageContaining("is not an index: make one with");
    }

    @Test
    void aKeeperWhoDoesNotOwnTheDatabaseIsToldWhatItsOwnerRemoves() throws SQLException {
        sql(
                "do $$ begin create role clerk login; exception when duplicate_object then null; end $$",
                "grant create on database documents to clerk");
        var address = PostgresServer.usual().address("clerk", SCHEMA);
        assertThat(new Vacuum(connected(address)).freeStatistics(new Tables(SCHEMA, 1)))
                .hasValueSatisfying(
                        left -> assertThat(left).contains("VACUUM FULL pg_catalog.pg_statistic"));
    }

    private static Connection connected(String address) throws SQLException {
        var connection = PostgresAddress.parsed(address).connect();
        connection.setAutoCommit(false);
        return connection;
    }

    @Test
    void tablesThatABackupReadsAreNamedAndStay() throws SQLException {
        run();
        var address = PostgresAddress.parsed(PostgresServer.usual().address("keeper", SCHEMA));
        try (var backup = connected(address.toString());
                var keeper = connected(address.toString())) {
            Sql.number(backup, "select count(*) from forgetting.words_1");
            assertThatThrownBy(
                            () -> new Generations(address).drop(keeper, 1, Duration.ofMillis(60)))
                    .isInstanceOf(SQLException.class)
                    .satisfies(e ->
                            assertThat(new Failures(address).of((SQLException) e))
                                    .hasMessageContaining("are read by another connection")
                                    .hasMessageContaining("run the same command again")
                                    .extracting(SartorException::kind)
                                    .isEqualTo(SartorException.Kind.MISSING));
            keeper.rollback();
            backup.rollback();
            assertThat(Sql.number(backup, "select count(*) from forgetting.documents_1"))
                    .isEqualTo(41);
        }
    }
}
