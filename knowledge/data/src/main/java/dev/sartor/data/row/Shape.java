package dev.sartor.data.row;

import dev.sartor.core.Json;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// How rows stand in a file. CSV is known by the file's name, the kinds of JSON by their first value and whether another
/// one follows: people name all three of them `.json`.
public enum Shape {
    LINES,
    ARRAY,
    /// One object that holds articles, paragraphs and questions.
    SQUAD_DOCUMENT,
    COMMA_SEPARATED,
    /// As spreadsheets save CSV where the comma stands in numbers.
    SEMICOLON_SEPARATED,
    TAB_SEPARATED;

    private static final String AS_CSV =
            ", which is not read: save the sheet as CSV (UTF-8), and name that file.";

    private static final int MOST_ENTRIES = 50;
    private static final int MOST_OF_A_TYPE = 100;
    private static final int MOST_OF_A_HEAD = 1 << 16;

    public static Shape of(Path file) throws IOException {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return ofCsv(file);
        }
        if (name.endsWith(".tsv")) {
            return TAB_SEPARATED;
        }
        try (var reader = withoutMark(Files.newInputStream(file))) {
            return ofJson(reader, name.endsWith(".jsonl") || name.endsWith(".ndjson"));
        }
    }

    /// What the file is instead of text, where its first bytes tell.
    public static Optional<String> foreign(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(4);
        }
        var first = new String(head, StandardCharsets.ISO_8859_1);
        if (first.startsWith("ÿþ") || first.startsWith("þÿ")) {
            return Optional.of("is UTF-16: save it as UTF-8.");
        }
        if (first.startsWith("ÐÏ\u0011à")) { // OLE 2, of which .xls is made
            return Optional.of("is an Excel workbook of the old kind (.xls)" + AS_CSV);
        }
        if (first.startsWith("PK\3\4")) {
            return Optional.of(packed(file));
        }
        if (first.startsWith("\u001f\u008b")) {
            return Optional.of("is compressed: unpack it first.");
        }
        return Optional.empty();
    }

    /// What a ZIP file holds: spreadsheets are such files.
    private static String packed(Path file) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (int i = 0; i < MOST_ENTRIES; i++) {
                var entry = zip.getNextEntry();
                if (entry == null) {
                    break;
                }
                if (entry.getName().startsWith("xl/")) {
                    return "is an Excel workbook" + AS_CSV;
                }
                if (entry.getName().equals("mimetype") && holds(zip, "opendocument.spreadsheet")) {
                    return "is an OpenDocument spreadsheet" + AS_CSV;
                }
            }
        } catch (ZipException | EOFException e) {
            return "is compressed, and damaged: save it anew, and unpack it.";
        }
        return "is compressed: unpack it first.";
    }

    private static boolean holds(InputStream in, String word) throws IOException {
        return new String(in.readNBytes(MOST_OF_A_TYPE), StandardCharsets.US_ASCII).contains(word);
    }

    /// Semicolons separate where the first row has some, and no comma, outside of quotes.
    private static Shape ofCsv(Path file) throws IOException {
        try (var reader = withoutMark(Files.newInputStream(file))) {
            boolean quoted = false;
            boolean hasSemicolon = false;
            boolean hasText = false; // blank lines stand before the first row
            for (int i = 0; i < MOST_OF_A_HEAD; i++) {
                int c = reader.read();
                quoted ^= c == '"';
                if (c < 0 || (c == '\n' && !quoted && hasText)) {
                    break;
                }
                if (c == ',' && !quoted) {
                    return COMMA_SEPARATED;
                }
                hasSemicolon |= c == ';' && !quoted;
                hasText |= !Character.isWhitespace(c);
            }
            return hasSemicolon ? SEMICOLON_SEPARATED : COMMA_SEPARATED;
        }
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
