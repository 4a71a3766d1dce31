package dev.sartor.retrieve;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The files of a BEIR collection: a JSON object on each line.
public final class BeirFiles {
    private BeirFiles() {}

    /// A corpus of rows `{"_id", "title", "text"}`: one document each, of one section, everyone's.
    public static Documents corpus(Path file) {
        var documents = new LinkedHashMap<String, Document>();
        read(
                file,
                row -> {
                    var id = text(row, "_id");
                    if (documents.containsKey(id)) {
                        throw new IllegalArgumentException("_id " + id + " stands there twice");
                    }
                    var title = row.path("title").asString("");
                    documents.put(
                            id, Document.of(id, title, text(row, "text"), Readers.everyone()));
                });
        return Documents.of(new ArrayList<>(documents.values()));
    }

    /// Questions by their ids, in the file's order, from rows `{"_id", "text"}`.
    public static Map<String, String> queries(Path file) {
        var queries = new LinkedHashMap<String, String>();
        read(
                file,
                row -> {
                    var id = text(row, "_id");
                    if (queries.putIfAbsent(id, text(row, "text")) != null) {
                        throw new IllegalArgumentException("_id " + id + " stands there twice");
                    }
                });
        return queries;
    }

    private static String text(JsonNode row, String key) {
        if (!row.path(key).isString()) {
            throw new IllegalArgumentException(
                    "a row must have a text " + key + ", got " + row.path(key));
        }
        return row.path(key).stringValue();
    }

    private static void read(Path file, Consumer<JsonNode> rows) {
        var problems = new Problems();
        int count = 0;
        var lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            try {
                rows.accept(Json.mapper().readTree(lines.get(i)));
                count++;
            } catch (JacksonException e) {
                problems.add(file + ":" + (i + 1), "a row must be a JSON object, and is not");
            } catch (IllegalArgumentException e) {
                problems.add(file + ":" + (i + 1), String.valueOf(e.getMessage()));
            }
        }
        problems.throwIfAny();
        if (count == 0) {
            throw SartorException.user(file + " must hold at least one row, and holds none");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw SartorException.user("there is no file " + file + ": correct the path", e);
        } catch (CharacterCodingException e) {
            throw SartorException.user(file + " must be UTF-8, and is not: save it as UTF-8", e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
