package dev.sartor.state;

import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Page;
import dev.sartor.serve.job.Purpose;
import dev.sartor.serve.job.StoredFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/// What is known of the files of one folder; their bytes lie in it. Thread-safe.
public final class StoredFiles {
    private static final String ONE = " WHERE id = :id AND place = :place AND owner = :owner";

    private final Database database;
    private final String place;

    StoredFiles(Database database, String place) {
        this.database = database;
        this.place = place;
    }

    /// What an owner has.
    public record Used(long files, long bytes) {}

    public Used used(Owner owner) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes FROM files"
                                        + " WHERE place = :place AND owner = :owner")
                        .bind("place", place)
                        .bind("owner", owner.name())
                        .map((row, _) -> new Used(row.getLong("files"), row.getLong("bytes")))
                        .one());
    }

    public void add(Owner owner, StoredFile file) {
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO files (id, place, owner, name, bytes, purpose, created, sha256)"
                                        + " VALUES (:id, :place, :owner, :name, :bytes, :purpose, :created, :sha256)")
                        .bind("id", file.id())
                        .bind("place", place)
                        .bind("owner", owner.name())
                        .bind("name", file.name())
                        .bind("bytes", file.bytes())
                        .bind("purpose", file.purpose().text())
                        .bind("created", file.created().toEpochMilli())
                        .bind("sha256", file.sha256())
                        .execute());
    }

    public Page.Part<StoredFile> list(Owner owner, Set<Purpose> purposes, Page page) {
        var named =
                purposes.stream()
                        .map(each -> "'" + each.text() + "'")
                        .sorted()
                        .collect(Collectors.joining(", "));
        return purposes.isEmpty()
                ? Page.Part.of(List.of(), page.limit())
                : database.transaction(handle ->
                        Pages.of(
                                handle,
                                new Pages.Source("files", place, owner),
                                " AND purpose IN (" + named + ")",
                                page,
                                StoredFiles::file));
    }

    public Optional<StoredFile> find(Owner owner, String id) {
        return database.transaction(handle ->
                handle.createQuery("SELECT * FROM files" + ONE)
                        .bind("id", id)
                        .bind("place", place)
                        .bind("owner", owner.name())
                        .map(StoredFiles::file)
                        .findOne());
    }

    /// @return whether there was one
    public boolean delete(Owner owner, String id) {
        return database.transaction(handle ->
                handle.createUpdate("DELETE FROM files" + ONE)
                                .bind("id", id)
                                .bind("place", place)
                                .bind("owner", owner.name())
                                .execute()
                        > 0);
    }

    /// All of the folder, whoever has them.
    public Set<String> ids() {
        return new HashSet<>(
                database.transaction(handle ->
                        handle.createQuery("SELECT id FROM files WHERE place = :place")
                                .bind("place", place)
                                .mapTo(String.class)
                                .list()));
    }

    private static StoredFile file(ResultSet row, StatementContext context) throws SQLException {
        return new StoredFile(
                row.getString("id"),
                row.getString("name"),
                row.getLong("bytes"),
                Purpose.of(row.getString("purpose")).orElse(Purpose.BATCH_OUTPUT),
                Instant.ofEpochMilli(row.getLong("created")),
                row.getString("sha256"));
    }
}
