package dev.sartor.state.promotion;

import dev.sartor.core.file.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// The tables of promotions. Each change counts one up, by which servers see that there was one.
final class PromotionRows {
    /// Of a place; the one that was promoted least lately goes.
    static final int MOST_VERSIONS = 100;

    private static final String PLACE =
            " WHERE project = :project AND task = :task AND tenant = :tenant";
    private static final String KEPT =
            "SELECT v.project, v.task, v.tenant, v.digest, v.promoted, p.digest AS counting FROM prompt_versions v"
                    + " LEFT JOIN promotions p ON p.project = v.project AND p.task = v.task AND p.tenant = v.tenant"
                    + " AND p.digest = v.digest";
    private static final String ORDER = " ORDER BY v.promoted, v.digest";

    private PromotionRows() {}

    static long changes(Handle handle) {
        return handle.createQuery("SELECT count FROM changes WHERE kind = 'promotions'")
                .mapTo(Long.class)
                .one();
    }

    /// Tells servers that promotions have changed.
    static void count(Handle handle) {
        handle.execute("UPDATE changes SET count = count + 1 WHERE kind = 'promotions'");
    }

    static Promoted all(Handle handle) {
        var kept = new LinkedHashMap<PromptPlace, List<KeptVersion>>();
        handle.createQuery(KEPT + ORDER)
                .map((row, _) -> Map.entry(place(row), version(row)))
                .list()
                .forEach(each ->
                        kept.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                                .add(each.getValue()));
        return new Promoted(kept);
    }

    static List<KeptVersion> list(Handle handle, PromptPlace place) {
        return at(
                        handle.createQuery(
                                KEPT
                                        + " WHERE v.project = :project AND v.task = :task AND v.tenant ="
                                        + " :tenant"
                                        + ORDER),
                        place)
                .map((row, _) -> version(row))
                .list();
    }

    static Optional<String> counting(Handle handle, PromptPlace place) {
        return at(handle.createQuery("SELECT digest FROM promotions" + PLACE), place)
                .mapTo(String.class)
                .findOne();
    }

    /// @param most characters; a longer text is not read
    static Optional<String> content(Handle handle, PromptPlace place, String digest, int most) {
        return at(
                        handle.createQuery(
                                "SELECT content FROM prompt_versions"
                                        + PLACE
                                        + " AND digest = :digest AND length(content) <= :most"),
                        place)
                .bind("digest", digest)
                .bind("most", most)
                .mapTo(String.class)
                .findOne();
    }

    static void promote(Handle handle, PromptPlace place, String content, Instant now) {
        var digest = Sha256.of(content);
        at(
                        handle.createUpdate(
                                "INSERT INTO prompt_versions (project, task, tenant, digest, content, promoted)"
                                        + " VALUES (:project, :task, :tenant, :digest, :content, :now)"
                                        + " ON CONFLICT (project, task, tenant, digest) DO UPDATE SET content ="
                                        + " excluded.content, promoted = excluded.promoted"),
                        place)
                .bind("digest", digest)
                .bind("content", content)
                .bind("now", now.toEpochMilli())
                .execute();
        at(
                        handle.createUpdate(
                                "INSERT INTO promotions (project, task, tenant, digest) VALUES (:project, :task,"
                                        + " :tenant, :digest) ON CONFLICT (project, task, tenant) DO UPDATE SET"
                                        + " digest = excluded.digest"),
                        place)
                .bind("digest", digest)
                .execute();
        forgetOldest(handle, place, digest);
        count(handle);
    }

    private static void forgetOldest(Handle handle, PromptPlace place, String but) {
        at(
                        handle.createUpdate(
                                "DELETE FROM prompt_versions"
                                        + PLACE
                                        + " AND digest <> :but AND digest NOT IN (SELECT digest FROM prompt_versions"
                                        + PLACE
                                        + " ORDER BY promoted DESC, digest LIMIT :most)"),
                        place)
                .bind("but", but)
                .bind("most", MOST_VERSIONS)
                .execute();
    }

    /// @return whether one was promoted
    static boolean withdraw(Handle handle, PromptPlace place) {
        boolean isGone =
                at(handle.createUpdate("DELETE FROM promotions" + PLACE), place).execute() > 0;
        count(handle);
        return isGone;
    }

    private static <S extends SqlStatement<S>> S at(S statement, PromptPlace place) {
        return statement
                .bind("project", place.project())
                .bind("task", place.task())
                .bind("tenant", place.owner());
    }

    private static PromptPlace place(ResultSet row) throws SQLException {
        return new PromptPlace(
                row.getString("project"),
                row.getString("task"),
                Optional.of(row.getString("tenant")).filter(name -> !name.isEmpty()));
    }

    private static KeptVersion version(ResultSet row) throws SQLException {
        return new KeptVersion(
                row.getString("digest"),
                Instant.ofEpochMilli(row.getLong("promoted")),
                row.getString("counting") != null);
    }
}
