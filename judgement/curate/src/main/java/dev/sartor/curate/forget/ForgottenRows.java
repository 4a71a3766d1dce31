package dev.sartor.curate.forget;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.data.RowErasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a project forgot of its rows, as `forgotten.jsonl` in its folder: lines and digests, and no word of a row.
///
/// @param entries in the order in which they were forgotten
public record ForgottenRows(List<Entry> entries) {
    public static final String FILE = "forgotten.jsonl";

    public ForgottenRows {
        entries = List.copyOf(entries);
    }

    /// Rows that went from one file, at once.
    ///
    /// @param file from the project's folder
    /// @param before SHA-256 of the file with the rows
    /// @param after SHA-256 of the file without them; empty until it is written
    public record Entry(
            String file, String before, String after, Instant at, List<RowErasure.Gone> rows) {
        public Entry {
            rows = List.copyOf(rows);
        }

        public boolean isDone() {
            return !after.isEmpty();
        }

        Entry done(String now) {
            return new Entry(file, before, now, at, rows);
        }

        private String line() {
            var json =
                    Json.mapper()
                            .createObjectNode()
                            .put("file", file)
                            .put("before", before)
                            .put("after", after)
                            .put("at", at.toString());
            var all = json.putArray("rows");
            rows.forEach(
                    each -> all.addObject().put("line", each.line()).put("sha256", each.sha256()));
            return json.toString();
        }
    }

    /// @param project its folder
    public static ForgottenRows read(Path project) {
        var file = project.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return new ForgottenRows(List.of());
        }
        var entries = new ArrayList<Entry>();
        try {
            for (var line : Files.readAllLines(file)) {
                entries.add(entry(Json.mapper().readTree(line)));
            }
        } catch (JacksonException | DateTimeException e) {
            throw SartorException.user(
                    file
                            + ":"
                            + (entries.size() + 1)
                            + " must be a line of the record of what was forgotten, and is damaged: put the file back from a"
                            + " backup, as without it nobody knows what must be trained again.",
                    e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new ForgottenRows(entries);
    }

    private static Entry entry(JsonNode line) {
        var rows = new ArrayList<RowErasure.Gone>();
        line.path("rows")
                .forEach(row ->
                        rows.add(
                                new RowErasure.Gone(
                                        row.path("line").asInt(0),
                                        row.path("sha256").asString(""))));
        return new Entry(
                line.path("file").asString(""),
                line.path("before").asString(""),
                line.path("after").asString(""),
                Instant.parse(line.path("at").asString("")),
                rows);
    }

    public void write(Path project) {
        var text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.line()).append('\n'));
        AtomicFile.write(project.resolve(FILE), text.toString());
    }

    /// With what is about to go. What was begun before in the same files is part of it.
    public ForgottenRows with(List<Entry> more) {
        var all = new ArrayList<>(entries);
        all.addAll(more);
        return new ForgottenRows(all);
    }

    /// The file was written without its rows.
    public ForgottenRows done(String file, String after) {
        return new ForgottenRows(
                entries.stream()
                        .map(each ->
                                each.file().equals(file) && !each.isDone()
                                        ? each.done(after)
                                        : each)
                        .toList());
    }

    /// Digests of rows that a run was about to take out when it ended.
    public Set<String> begun() {
        var digests = new HashSet<String>();
        entries.stream()
                .filter(each -> !each.isDone())
                .forEach(each -> each.rows().forEach(row -> digests.add(row.sha256())));
        return digests;
    }

    /// The lines that have gone since from a file that had this digest.
    ///
    /// @param now the file's digest at present
    /// @return empty where nothing tells how the file of that digest became what it is
    public Optional<Set<Integer>> since(String file, String sha256, String now) {
        var lines = new HashSet<Integer>();
        var digest = sha256;
        for (var entry : entries) {
            if (entry.file().equals(file) && entry.isDone() && entry.before().equals(digest)) {
                entry.rows().forEach(row -> lines.add(row.line()));
                digest = entry.after();
            }
        }
        return digest.equals(now) ? Optional.of(lines) : Optional.empty();
    }
}
