package dev.sartor.data;

import dev.sartor.core.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// How rows stand in a file. CSV is known by the file's name, the kinds of JSON by their first value and whether another
/// one follows: people name all three of them `.json`.
enum Shape {
    LINES,
    ARRAY,
    /// One object that holds articles, paragraphs and questions.
    SQUAD_DOCUMENT,
    COMMA_SEPARATED,
    TAB_SEPARATED;

    static Shape of(Path file) throws IOException {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return COMMA_SEPARATED;
        }
        if (name.endsWith(".tsv")) {
            return TAB_SEPARATED;
        }
        try (var reader = withoutMark(Files.newInputStream(file))) {
            return ofJson(reader, name.endsWith(".jsonl") || name.endsWith(".ndjson"));
        }
    }

    /// What the file is instead of text, where its first bytes tell.
    static Optional<String> foreign(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(4);
        }
        var first = new String(head, StandardCharsets.ISO_8859_1);
        if (first.startsWith("ÿþ") || first.startsWith("þÿ")) {
            return Optional.of("is UTF-16: save it as UTF-8.");
        }
        if (first.startsWith("PAR1")) {
            return Optional.of("is Parquet, in which examples are not read: export them as JSONL.");
        }
        if (first.startsWith("PK\3\4") || first.startsWith("\u001f\u008b")) {
            return Optional.of("is compressed: unpack it first.");
        }
        return Optional.empty();
    }

    private static Reader withoutMark(InputStream in) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private static Shape ofJson(Reader reader, boolean namedLines) {
        try (var parser = Json.mapper().createParser(reader)) {
            var first = JsonToken.NOT_AVAILABLE;
            try {
                first = parser.nextToken();
                if (first == JsonToken.START_ARRAY) {
                    return hasAnotherAfter(parser) ? LINES : ARRAY;
                }
                return first == JsonToken.START_OBJECT ? ofObject(parser) : LINES;
            } catch (JacksonException e) {
                var location = e.getLocation();
                boolean onFirstLine = location == null || location.getLineNr() <= 1;
                if (namedLines || (onFirstLine && first != JsonToken.START_ARRAY)) {
                    return LINES;
                }
                return first == JsonToken.START_ARRAY ? ARRAY : SQUAD_DOCUMENT;
            }
        }
    }

    private static boolean hasAnotherAfter(JsonParser parser) {
        parser.skipChildren();
        return parser.nextToken() != null;
    }

    private static Shape ofObject(JsonParser parser) {
        boolean holdsArticles = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            holdsArticles |= parser.nextToken() == JsonToken.START_ARRAY && name.equals("data");
            parser.skipChildren();
        }
        return parser.nextToken() == null && holdsArticles ? SQUAD_DOCUMENT : LINES;
    }
}
