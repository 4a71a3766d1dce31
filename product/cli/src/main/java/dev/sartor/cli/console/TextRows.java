package dev.sartor.cli.console;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A JSONL file of texts: each row is `{"text": …}` or a JSON string; blank lines are none.
public final class TextRows {
    private TextRows() {}

    public static List<String> read(Path file) {
        var problems = new Problems();
        var texts = new ArrayList<String>();
        var lines = InputFile.text(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                var found = text(lines[i]);
                found.ifPresent(texts::add);
                if (found.isEmpty()) {
                    problems.add(
                            file + ":" + (i + 1),
                            "a row must be a JSON string or an object with a string 'text', and is not");
                }
            }
        }
        problems.throwIfAny();
        if (texts.isEmpty()) {
            throw SartorException.user(file + " must hold at least one row, and holds none");
        }
        return texts;
    }

    private static Optional<String> text(String line) {
        try {
            var row = Json.mapper().readTree(line);
            return Optional.of(row.isObject() ? row.path("text") : row)
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
