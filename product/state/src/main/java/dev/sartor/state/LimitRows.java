package dev.sartor.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// The tables of limits, of prices and of what was used. Each change of the first two counts one up, by which servers see that
/// there was one.
final class LimitRows {
    private LimitRows() {}

    static long changes(Handle handle) {
        return handle.createQuery("SELECT count FROM changes WHERE kind = 'limits'")
                .mapTo(Long.class)
                .one();
    }

    static Map<LimitSubject, UsageLimits> limits(Handle handle) {
        var all = new HashMap<LimitSubject, UsageLimits>();
        handle.createQuery("SELECT * FROM limits")
                .map((row, _) -> Map.entry(subject(row), limits(row)))
                .forEach(each -> all.put(each.getKey(), each.getValue()));
        return all;
    }

    private static LimitSubject subject(ResultSet row) throws SQLException {
        return new LimitSubject(
                LimitSubject.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("name"));
    }

    private static UsageLimits limits(ResultSet row) throws SQLException {
        return new UsageLimits(
                number(row, "requests_minute"),
                number(row, "tokens_minute"),
                number(row, "concurrent"),
                number(row, "budget_nanos"));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static void put(Handle handle, LimitSubject subject, UsageLimits limits) {
        remove(handle, subject);
        var insert =
                handle.createUpdate(
                                "INSERT INTO limits VALUES (:kind, :name, :requests, :tokens, :concurrent,"
                                        + " :budget)")
                        .bind("kind", subject.kind().text())
                        .bind("name", subject.name());
        bind(insert, "requests", limits.requestsMinute());
        bind(insert, "tokens", limits.tokensMinute());
        bind(insert, "concurrent", limits.concurrent());
        bind(insert, "budget", limits.budget());
        insert.execute();
        count(handle);
    }

    private static void bind(Update update, String name, OptionalLong value) {
        update.bind(name, value.isPresent() ? (Long) value.getAsLong() : null);
    }

    /// @return whether there were any
    static boolean remove(Handle handle, LimitSubject subject) {
        int removed =
                handle.createUpdate("DELETE FROM limits WHERE kind = :kind AND name = :name")
                        .bind("kind", subject.kind().text())
                        .bind("name", subject.name())
                        .execute();
        count(handle);
        return removed > 0;
    }

    static Map<String, TokenPrice> prices(Handle handle) {
        var all = new TreeMap<String, TokenPrice>();
        handle.createQuery("SELECT * FROM prices")
                .map((row, _) ->
                        new TokenPrice(
                                row.getString("model"),
                                row.getLong("prompt_nanos"),
                                row.getLong("completion_nanos")))
                .forEach(each -> all.put(each.model(), each));
        return all;
    }

    static void put(Handle handle, TokenPrice price) {
        handle.createUpdate(
                        "INSERT INTO prices VALUES (:model, :prompt, :completion) ON CONFLICT (model) DO UPDATE"
                                + " SET prompt_nanos = :prompt, completion_nanos = :completion")
                .bind("model", price.model())
                .bind("prompt", price.prompt())
                .bind("completion", price.completion())
                .execute();
        count(handle);
    }

    /// Tells servers that limits or prices have changed.
    static void count(Handle handle) {
        handle.execute("UPDATE changes SET count = count + 1 WHERE kind = 'limits'");
    }

    static List<UsedTokens> used(Handle handle, String month) {
        return handle.createQuery(
                        "SELECT * FROM used WHERE month = :month ORDER BY tenant, key_name, model")
                .bind("month", month)
                .map((row, _) ->
                        new UsedTokens(
                                row.getString("month"),
                                named(row.getString("tenant")),
                                named(row.getString("key_name")),
                                row.getString("model"),
                                new UsedTokens.Count(
                                        row.getLong("requests"),
                                        row.getLong("prompt"),
                                        row.getLong("completion"),
                                        row.getLong("nanos"))))
                .list();
    }

    private static Optional<String> named(String name) {
        return Optional.of(name).filter(each -> !each.isEmpty());
    }

    static void add(Handle handle, UsedTokens used) {
        handle.createUpdate(
                        "INSERT INTO used VALUES (:month, :tenant, :key, :model, :requests, :prompt,"
                                + " :completion, :nanos) ON CONFLICT (month, tenant, key_name, model) DO UPDATE"
                                + " SET requests = used.requests + :requests, prompt = used.prompt + :prompt,"
                                + " completion = used.completion + :completion, nanos = used.nanos + :nanos")
                .bind("month", used.month())
                .bind("tenant", used.tenant().orElse(""))
                .bind("key", used.key().orElse(""))
                .bind("model", used.model())
                .bind("requests", used.count().requests())
                .bind("prompt", used.count().prompt())
                .bind("completion", used.count().completion())
                .bind("nanos", used.count().nanos())
                .execute();
    }
}
