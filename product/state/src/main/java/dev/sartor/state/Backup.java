package dev.sartor.state;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.state.promotion.Promotions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// All rows of a state as lines of JSON, the same for each kind of database: `{"state": 1, …}`, then a line for each row with
/// its table. What was read is the state of one moment.
final class Backup {
    /// In the order in which they are filled, and what belongs to the state in each.
    private static final List<String> TABLES =
            List.of(
                    "api_keys",
                    "limits",
                    "prices",
                    "accounts",
                    "reservations",
                    "used",
                    "files",
                    "jobs",
                    "job_events",
                    "prompt_versions",
                    "promotions");

    private static final String FORMAT = "sartor-state";
    private static final int VERSION = 1;

    private Backup() {}

    /// @param line takes each line without its end
    static long write(Handle handle, Consumer<String> line) {
        long rows = 0;
        line.accept(
                Json.mapper()
                        .createObjectNode()
                        .put("format", FORMAT)
                        .put("version", VERSION)
                        .toString());
        for (var table : TABLES) {
            var all =
                    handle.createQuery("SELECT * FROM " + table)
                            .map((row, _) -> json(table, row).toString())
                            .list();
            all.stream().sorted().forEach(line);
            rows += all.size();
        }
        line.accept(Json.mapper().createObjectNode().put("rows", rows).toString());
        return rows;
    }

    private static ObjectNode json(String table, ResultSet row) throws SQLException {
        var json = Json.mapper().createObjectNode().put("table", table);
        var values = json.putObject("row");
        var columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            var name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
            var value = row.getObject(i);
            switch (value) {
                case null -> values.putNull(name);
                case Number number -> values.put(name, number.longValue());
                default -> values.put(name, value.toString());
            }
        }
        return json;
    }

    /// Fills a state that holds nothing.
    ///
    /// @throws SartorException a user's error where it holds something, or the lines are no whole backup
    static long read(Handle handle, List<String> lines) {
        for (var table : TABLES) {
            if (handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one() > 0) {
                throw SartorException.user(
                        "the state holds something already: restore into a new --state, so that nothing is mixed.");
            }
        }
        if (lines.size() < 2 || !isHead(parsed(lines.getFirst()))) {
            throw broken("it does not begin as a backup does");
        }
        long rows = lines.size() - 2L;
        if (parsed(lines.getLast()).path("rows").asLong(-1) != rows) {
            throw broken("its last line is missing, or rows are");
        }
        for (var line : lines.subList(1, lines.size() - 1)) {
            insert(handle, parsed(line));
        }
        KeyRows.count(handle);
        LimitRows.count(handle);
        Promotions.count(handle);
        return rows;
    }

    private static boolean isHead(JsonNode head) {
        return head.path("format").asString("").equals(FORMAT)
                && head.path("version").asInt(0) == VERSION;
    }

    private static void insert(Handle handle, JsonNode line) {
        var table = line.path("table").asString("");
        var names = new ArrayList<String>();
        line.path("row").propertyNames().forEach(names::add);
        if (!TABLES.contains(table)
                || names.isEmpty()
                || !names.stream().allMatch(name -> name.matches("[a-z_0-9]{1,40}"))) {
            throw broken("a line is no row of a state");
        }
        var insert =
                handle.createUpdate(
                        "INSERT INTO "
                                + table
                                + " ("
                                + String.join(", ", names)
                                + ") VALUES ("
                                + String.join(", ", names.stream().map(name -> ":" + name).toList())
                                + ")");
        for (var name : names) {
            var value = line.path("row").path(name);
            if (value.isNumber()) {
                insert.bind(name, value.asLong());
            } else if (value.isNull()) {
                insert.bindNull(name, Types.NULL);
            } else {
                insert.bind(name, value.asString());
            }
        }
        insert.execute();
    }

    private static JsonNode parsed(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JacksonException e) {
            throw broken("a line is no JSON");
        }
    }

    private static SartorException broken(String how) {
        return SartorException.user(
                "this is no whole backup of a state ("
                        + how
                        + "): name a file that `sartor state backup` wrote.");
    }
}
