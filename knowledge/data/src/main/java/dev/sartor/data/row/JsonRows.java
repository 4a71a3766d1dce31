package dev.sartor.data.row;

import dev.sartor.core.Json;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/// Rows that are JSON objects: one a line, in one array, or as the questions of a SQuAD document. A name that stands twice
/// in one object is an error, as one of its values would be lost.
public final class JsonRows {
    private static final ObjectReader ROWS =
            Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private static final ObjectReader ELEMENTS =
            ROWS.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final StrictLines lines;
    private final RowSink sink;

    public JsonRows(StrictLines lines, RowSink sink) {
        this.lines = lines;
        this.sink = sink;
    }

    /// Every line on its own; blank ones are passed over.
    public void readLines() throws IOException {
        for (var next = lines.next(); next.isPresent(); next = lines.next()) {
            var line = next.get();
            if (line.text().isBlank() || !lines.isSound(line.number(), line.number())) {
                continue;
            }
            try {
                sink.row(line.number(), ROWS.readTree(line.text()));
            } catch (JacksonException e) {
                sink.problem(line.number(), "is not JSON: " + reason(e));
            }
        }
    }

    /// The elements of the array that is the whole file. What is not JSON ends the reading: nothing after it has a place.
    public void readArray() throws IOException {
        try (var parser = ELEMENTS.createParser(lines.reader())) {
            try {
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    readElement(parser);
                }
                if (parser.nextToken() != null) {
                    sink.problem(line(parser), "stands after the end of the array.");
                }
            } catch (JacksonException e) {
                broken(e);
            }
        }
    }

    /// The objects in every array named `qas`.
    ///
    /// @return how many paragraphs came with a text of their own
    public int readSquadDocument() throws IOException {
        int contexts = 0;
        try (var parser = ELEMENTS.createParser(lines.reader())) {
            try {
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token != JsonToken.PROPERTY_NAME) {
                        continue;
                    }
                    contexts += parser.currentName().equals("context") ? 1 : 0;
                    if (parser.currentName().equals("qas")
                            && parser.nextToken() == JsonToken.START_ARRAY) {
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            readElement(parser);
                        }
                    }
                }
            } catch (JacksonException e) {
                broken(e);
            }
        }
        return contexts;
    }

    private void readElement(JsonParser parser) {
        int first = line(parser);
        var fields = ELEMENTS.readTree(parser);
        if (lines.isSound(first, parser.currentLocation().getLineNr())) {
            sink.row(first, fields);
        }
    }

    private void broken(JacksonException e) {
        var location = e.getLocation();
        sink.problem(
                location == null ? 1 : Math.max(1, location.getLineNr()),
                "is not JSON: " + reason(e) + " Rows after it were not read.");
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String reason(JacksonException e) {
        if (e.getOriginalMessage().startsWith("Trailing token")) {
            return "more stands on the line than one value.";
        }
        var message = e.getOriginalMessage().lines().findFirst().orElse("cannot be parsed");
        return message.endsWith(".") ? message : message + ".";
    }
}
