package dev.sartor.postgres;

import dev.sartor.core.file.Failpoints;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.index.ForgottenDocuments;
import dev.sartor.retrieve.index.IndexKeeping;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Deletes documents from an index so that no byte of them stays in the database's files: first the rows, which nobody finds from then
/// on, then every table, as a deleted row stays in its file. Tables are copied to a generation of their own, so that questions are
/// answered meanwhile, and no row is kept for a transaction that saw it. For whoever has the sole right to write.
record PostgresErasure(PostgresAddress address, Connection connection, Duration patience) {
    private Generations generations() {
        return new Generations(address);
    }

    private String record() {
        return address.schema() + ".forgotten";
    }

    ForgottenDocuments forgotten() throws SQLException {
        return ForgottenDocuments.of(
                Sql.rows(
                        connection,
                        row ->
                                new ForgottenDocuments.Entry(
                                        row.getString(1), row.getString(2), row.getString(3)),
                        "select path, content, at from " + record() + " order by number"));
    }

    /// In the connection's transaction.
    void remember(ForgottenDocuments forgotten) throws SQLException {
        Sql.run(connection, "delete from " + record());
        int number = 0;
        for (var each : forgotten.entries()) {
            number++;
            Sql.update(
                    connection,
                    "insert into " + record() + " values (?, ?, ?, ?)",
                    number,
                    each.path(),
                    each.content(),
                    each.at());
        }
    }

    /// Whether a document was removed since the tables were written anew.
    boolean mayHoldTraces(String path) throws SQLException {
        return Sql.text(
                        connection,
                        "select path from " + address.schema() + ".removed where path = ?",
                        Sha256.of(path))
                .isPresent();
    }

    long bytes() throws SQLException {
        return Sql.rows(
                        connection,
                        row -> row.getLong(1),
                        "select coalesce(sum(pg_total_relation_size(oid)), 0)::bigint from pg_class where"
                                + " relnamespace = ?::regnamespace and relkind = 'r'",
                        address.schema())
                .getFirst();
    }

    IndexKeeping.Erased erase(ForgottenDocuments forgotten, Progress progress)
            throws SQLException, IOException {
        var removed = new ArrayList<String>();
        for (var each : generations().replaced(connection)) {
            generations().drop(connection, each.number(), patience);
            removed.add(Integer.toString(each.number()));
        }
        remember(forgotten);
        var live = generations().live(connection);
        for (var each : live) {
            delete(each, forgotten);
        }
        connection.commit();
        var numbers = copyAll(live, progress);
        for (var each : live) {
            generations().drop(connection, each.number(), patience);
        }
        var left = new ArrayList<String>();
        var vacuum = new Vacuum(connection);
        for (int each : numbers) {
            vacuum.analyze(generations().tables(each), /* isLarge= */ true);
        }
        vacuum.freeStatistics(generations().tables(0)).ifPresent(left::add);
        Sql.run(connection, "delete from " + address.schema() + ".removed");
        connection.commit();
        return new IndexKeeping.Erased(numbers, removed, List.of(), left);
    }

    private void delete(Generations.Generation generation, ForgottenDocuments forgotten)
            throws SQLException, IOException {
        var tables = generations().tables(generation.number());
        try (var writing =
                PostgresWriting.open(
                        new Failures(address), connection, tables, generation.with())) {
            for (var state : writing.states().values()) {
                if (forgotten.holds(state.path(), state.sha256())) {
                    writing.remove(state.path());
                }
            }
            writing.commit();
        }
    }

    /// All in one transaction: until its end the generations before are searched and known, and afterwards these.
    ///
    /// @return their numbers
    private List<Integer> copyAll(List<Generations.Generation> live, Progress progress)
            throws SQLException, IOException {
        int highest = live.stream().mapToInt(Generations.Generation::number).max().orElse(0);
        var numbers = new ArrayList<Integer>();
        // Whom a policy holds would copy what it lets him see alone.
        Sql.run(connection, "set local row_security = off");
        try (var step = progress.begin("writing without them", live.size(), "generations")) {
            for (var each : live) {
                int number = highest + 1 + numbers.size();
                copy(each, number, progress);
                numbers.add(number);
                step.advance(1);
            }
        }
        Failpoints.reach("index.copy");
        connection.commit();
        Failpoints.reach("index.copied");
        return numbers;
    }

    private void copy(Generations.Generation generation, int number, Progress progress)
            throws SQLException {
        var layout = new Layout(address);
        var from = generations().tables(generation.number());
        var to = generations().tables(number);
        layout.makeTables(connection, to);
        for (var each : rowsOf(from, to)) {
            Sql.run(connection, each);
        }
        layout.makeIndexes(connection, to);
        if (Nearest.isMade(connection, from)) {
            Nearest.make(connection, to, progress);
        }
        grant(from, to);
        Sql.update(
                connection,
                "insert into " + address.schema() + ".generations values (?, ?, false)",
                number,
                generation.with().text());
        if (generation.served()) {
            Sql.update(
                    connection,
                    "update " + address.schema() + ".generations set served = number = ?",
                    number);
        }
    }

    /// Rules and words go that no document and no passage has any more.
    private static List<String> rowsOf(Tables from, Tables to) {
        var copies = new ArrayList<String>();
        for (int i = 0; i < from.all().size(); i++) {
            var table = from.all().get(i);
            var which = "";
            if (table.equals(from.rules())) {
                which = " where number in (select rule from " + from.documents() + ")";
            } else if (table.equals(from.fields()) || table.equals(from.words())) {
                which = " where passages > 0";
            }
            copies.add("insert into " + to.all().get(i) + " select * from " + table + which);
        }
        return copies;
    }

    /// Whoever might read a table may read what took its place.
    private void grant(Tables from, Tables to) throws SQLException {
        for (int i = 0; i < from.all().size(); i++) {
            var grants =
                    Sql.rows(
                            connection,
                            row -> row.getString(1),
                            "select format('grant %s on %s to %s', a.privilege_type, ?::text, case when"
                                    + " a.grantee = 0 then 'public' else a.grantee::regrole::text end) from"
                                    + " pg_class c, aclexplode(c.relacl) a where c.oid = ?::regclass and"
                                    + " a.grantee <> c.relowner",
                            to.all().get(i),
                            from.all().get(i));
            for (var each : grants) {
                Sql.run(connection, each);
            }
        }
    }
}
