package dev.sartor.state;

import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Page;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// Parts of lists of what an owner has: each is one question to the database, whoever else has how much.
final class Pages {
    private Pages() {}

    /// @param source a table with the columns id, place, owner and created
    /// @param further a condition, beginning with AND, or nothing; never what a caller wrote
    /// @param <T> what the list is of
    static <T> Page.Part<T> of(
            Handle handle, Source source, String further, Page page, RowMapper<T> mapper) {
        var where =
                " FROM " + source.table() + " WHERE place = :place AND owner = :owner" + further;
        var than = page.newestFirst() ? "<" : ">";
        var order = page.newestFirst() ? " DESC" : "";
        var behind =
                page.after().isEmpty()
                        ? ""
                        : " AND (created, id) "
                                + than
                                + " (SELECT created, id"
                                + where
                                + " AND id = :after)";
        var query =
                handle.createQuery(
                                "SELECT *"
                                        + where
                                        + behind
                                        + " ORDER BY created"
                                        + order
                                        + ", id"
                                        + order
                                        + " LIMIT :most")
                        .bind("place", source.place())
                        .bind("owner", source.owner().name())
                        .bind("most", page.limit() + 1);
        page.after().ifPresent(id -> query.bind("after", id));
        List<T> found = query.map(mapper).list();
        return Page.Part.of(found, page.limit());
    }

    /// Whose rows of which table.
    record Source(String table, String place, Owner owner) {}
}
