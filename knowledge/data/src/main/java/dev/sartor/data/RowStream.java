package dev.sartor.data;

import dev.sartor.core.Origin;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.data.row.CsvRows;
import dev.sartor.data.row.JsonRows;
import dev.sartor.data.row.Quoted;
import dev.sartor.data.row.RowSink;
import dev.sartor.data.row.Shape;
import dev.sartor.data.row.StrictLines;
import dev.sartor.data.row.TypedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rows of a JSONL, JSON, CSV, Parquet or Arrow file, one after the other: a file may be larger than memory. What cannot be read
/// is told, and reading goes on where it can.
public final class RowStream {
    private RowStream() {}

    /// Takes rows of any fields.
    public interface Rows {
        void row(Origin origin, ObjectNode fields);

        /// @param why such as `is not JSON: …`; the rest of the file may be lost with it, which it says
        void unreadable(Origin origin, String why);

        /// Told of a Parquet or Arrow file's columns of bytes, which are not read.
        void passedOver(String file, List<String> columns);
    }

    /// @return the file's SHA-256
    /// @throws SartorException a user's error where the file is none of these, something missing where it cannot be read
    public static String read(Path file, Rows rows) {
        try {
            var wrong = wrong(file);
            if (wrong.isPresent()) {
                throw SartorException.user(file + " " + wrong.get());
            }
            return readText(file, new Sink(file.toString(), rows));
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> wrong(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of("is no file: check the path.");
        }
        return TypedRows.are(file) ? Optional.empty() : Shape.foreign(file);
    }

    private static String readText(Path file, Sink sink) throws IOException {
        if (TypedRows.are(file)) {
            TypedRows.read(file, sink);
            return Sha256.of(file);
        }
        try (var lines = new StrictLines(file, sink::problem)) {
            switch (Shape.of(file)) {
                case LINES -> new JsonRows(lines, sink).readLines();
                case ARRAY -> new JsonRows(lines, sink).readArray();
                case COMMA_SEPARATED -> new CsvRows(lines, sink, ',').read();
                case SEMICOLON_SEPARATED -> new CsvRows(lines, sink, ';').read();
                case TAB_SEPARATED -> new CsvRows(lines, sink, '\t').read();
                case SQUAD_DOCUMENT -> new JsonRows(lines, sink).readSquadDocument();
            }
            return lines.digest();
        }
    }

    private record Sink(String file, Rows rows) implements RowSink {
        @Override
        public void row(int line, JsonNode fields) {
            if (fields instanceof ObjectNode object) {
                rows.row(new Origin(file, line), object);
            } else {
                problem(line, "must be a JSON object, got " + Quoted.of(fields.toString()) + ".");
            }
        }

        @Override
        public void problem(int line, String what) {
            rows.unreadable(new Origin(file, line), what);
        }

        @Override
        public boolean takesNested() {
            return true;
        }

        @Override
        public void passesOver(List<String> columns) {
            if (!columns.isEmpty()) {
                rows.passedOver(file, columns);
            }
        }

        @Override
        public boolean acceptsColumns(int line, List<String> names) {
            return true;
        }
    }
}
