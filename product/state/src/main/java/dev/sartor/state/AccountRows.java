package dev.sartor.state;

import dev.sartor.serve.quota.Quotas;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The tables of accounts and of reservations.
final class AccountRows {
    private AccountRows() {}

    /// From here to the end of the transaction no other server changes accounts.
    static void lock(Handle handle) {
        handle.execute("UPDATE changes SET count = count + 1 WHERE kind = 'accounts'");
    }

    static Optional<Account.Values> find(Handle handle, LimitSubject subject) {
        return handle.createQuery("SELECT * FROM accounts WHERE kind = :kind AND name = :name")
                .bind("kind", subject.kind().text())
                .bind("name", subject.name())
                .map((row, _) -> values(row))
                .findOne();
    }

    private static Account.Values values(ResultSet row) throws SQLException {
        return new Account.Values(
                new Account.Left(
                        row.getLong("requests_left"),
                        row.getLong("tokens_left"),
                        row.getLong("filled")),
                row.getLong("running"),
                row.getLong("held_tokens"),
                row.getLong("held_nanos"),
                new Account.Spent(row.getString("month"), row.getLong("spent_nanos")));
    }

    static void put(Handle handle, Account account) {
        var values = account.values();
        handle.createUpdate(
                        "INSERT INTO accounts VALUES (:kind, :name, :requests, :tokens, :filled, :running,"
                                + " :heldTokens, :heldNanos, :month, :spent) ON CONFLICT (kind, name) DO UPDATE"
                                + " SET requests_left = :requests, tokens_left = :tokens, filled = :filled,"
                                + " running = :running, held_tokens = :heldTokens, held_nanos = :heldNanos,"
                                + " month = :month, spent_nanos = :spent")
                .bind("kind", account.subject().kind().text())
                .bind("name", account.subject().name())
                .bind("requests", values.left().requests())
                .bind("tokens", values.left().tokens())
                .bind("filled", values.left().filled())
                .bind("running", values.running())
                .bind("heldTokens", values.heldTokens())
                .bind("heldNanos", values.heldNanos())
                .bind("month", values.spent().month())
                .bind("spent", values.spent().nanos())
                .execute();
    }

    static void insert(Handle handle, List<Reserved> all, String server, long until) {
        if (all.isEmpty()) {
            return;
        }
        var batch =
                handle.prepareBatch(
                        "INSERT INTO reservations VALUES (:id, :server, :until, :key, :tenant, :model,"
                                + " :prompt, :completion, :nanos)");
        for (var each : all) {
            batch.bind("id", each.id())
                    .bind("server", server)
                    .bind("until", until)
                    .bind("key", each.user().key().orElse(null))
                    .bind("tenant", each.user().tenant().orElse(null))
                    .bind("model", each.most().model())
                    .bind("prompt", each.most().prompt())
                    .bind("completion", each.most().completion())
                    .bind("nanos", each.nanos())
                    .add();
        }
        batch.execute();
    }

    /// @return whether it was there: it is settled once
    static boolean delete(Handle handle, String id) {
        return handle.createUpdate("DELETE FROM reservations WHERE id = :id")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    static void prolong(Handle handle, String server, long until) {
        handle.createUpdate("UPDATE reservations SET lasts_until = :until WHERE server = :server")
                .bind("until", until)
                .bind("server", server)
                .execute();
    }

    /// What servers left behind that have ended.
    static List<Reserved> over(Handle handle, long now) {
        return handle.createQuery("SELECT * FROM reservations WHERE lasts_until < :now")
                .bind("now", now)
                .map((row, _) ->
                        new Reserved(
                                row.getString("id"),
                                new Quotas.User(
                                        Optional.ofNullable(row.getString("key_name")),
                                        Optional.ofNullable(row.getString("tenant"))),
                                new Quotas.Usage(
                                        row.getString("model"),
                                        row.getLong("prompt"),
                                        row.getLong("completion")),
                                row.getLong("nanos")))
                .list();
    }
}
