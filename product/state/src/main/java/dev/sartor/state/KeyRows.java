package dev.sartor.state;

import dev.sartor.core.Json;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// The table of keys. Each change counts one up, by which servers see that there was one.
final class KeyRows {
    private static final String COLUMNS =
            "id, tenant, holder, groups_json, scopes_json, created, expires, revoked, replaced_by";

    private KeyRows() {}

    static long changes(Handle handle) {
        return handle.createQuery("SELECT count FROM changes WHERE kind = 'keys'")
                .mapTo(Long.class)
                .one();
    }

    static List<StoredKey> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM api_keys ORDER BY created, id")
                .map(KeyRows::key)
                .list();
    }

    static Optional<StoredKey> find(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM api_keys WHERE id = :id")
                .bind("id", id)
                .map(KeyRows::key)
                .findOne();
    }

    /// A key that may let its holder in, and the moment from which it does not; it is looked at once more then.
    record Holding(ApiKey key, Optional<Instant> expires) {}

    /// Without those that were taken back.
    static List<Holding> holding(Handle handle) {
        return handle.createQuery(
                        "SELECT sha256, " + COLUMNS + " FROM api_keys WHERE revoked IS NULL")
                .map((row, context) -> holding(row, key(row, context)))
                .list();
    }

    private static Holding holding(ResultSet row, StoredKey key) throws SQLException {
        return new Holding(
                ApiKey.ofDigest(row.getString("sha256"), key.grant().principal())
                        .withScopes(key.grant().scopes())
                        .withId(key.id()),
                key.grant().expires());
    }

    static void insert(Handle handle, StoredKey key, String sha256) {
        var grant = key.grant();
        handle.createUpdate(
                        "INSERT INTO api_keys (sha256, "
                                + COLUMNS
                                + ") VALUES (:sha256, :id, :tenant, :holder, :groups, :scopes, :created,"
                                + " :expires, NULL, NULL)")
                .bind("sha256", sha256)
                .bind("id", key.id())
                .bind("tenant", grant.tenant().orElse(null))
                .bind("holder", grant.user().orElse(null))
                .bind("groups", array(grant.groups()))
                .bind("scopes", array(grant.scopes().stream().map(Scope::text).sorted().toList()))
                .bind("created", key.created().toEpochMilli())
                .bind("expires", grant.expires().map(Instant::toEpochMilli).orElse(null))
                .execute();
        count(handle);
    }

    /// The old key holds up to `end` at most.
    static void replace(Handle handle, StoredKey old, StoredKey by, Instant end) {
        var until = old.grant().expires().filter(end::isAfter).orElse(end);
        handle.createUpdate(
                        "UPDATE api_keys SET replaced_by = :by, expires = :until WHERE id = :id")
                .bind("by", by.id())
                .bind("until", until.toEpochMilli())
                .bind("id", old.id())
                .execute();
        count(handle);
    }

    static void revoke(Handle handle, String id, Instant now) {
        handle.createUpdate("UPDATE api_keys SET revoked = :now WHERE id = :id AND revoked IS NULL")
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .execute();
        count(handle);
    }

    /// Tells servers that keys have changed.
    static void count(Handle handle) {
        handle.execute("UPDATE changes SET count = count + 1 WHERE kind = 'keys'");
    }

    private static String array(Collection<String> names) {
        var array = Json.mapper().createArrayNode();
        names.forEach(array::add);
        return array.toString();
    }

    private static List<String> names(String array) {
        var names = new ArrayList<String>();
        Json.mapper().readTree(array).forEach(name -> names.add(name.stringValue()));
        return names;
    }

    private static StoredKey key(ResultSet row, StatementContext context) throws SQLException {
        return new StoredKey(
                row.getString("id"),
                new KeyGrant(
                        Optional.ofNullable(row.getString("holder")),
                        names(row.getString("groups_json")),
                        Optional.ofNullable(row.getString("tenant")),
                        Scope.of(names(row.getString("scopes_json"))),
                        moment(row, "expires")),
                Instant.ofEpochMilli(row.getLong("created")),
                moment(row, "revoked"),
                Optional.ofNullable(row.getString("replaced_by")));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
