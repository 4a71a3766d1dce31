package dev.sartor.data;

import dev.sartor.core.Origin;
import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.data.row.CsvRows;
import dev.sartor.data.row.JsonRows;
import dev.sartor.data.row.Quoted;
import dev.sartor.data.row.Row;
import dev.sartor.data.row.RowReaders;
import dev.sartor.data.row.RowSink;
import dev.sartor.data.row.Shape;
import dev.sartor.data.row.StrictLines;
import dev.sartor.data.row.TypedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The rows of a file that are no examples of a task: whole texts, texts that belong together, answers of which one is
/// better, passages that answer. JSONL, a JSON array, CSV, Parquet or Arrow; every bad row is named with file and line.
///
/// @param rows at least one
/// @param sha256 of the file
/// @param readers who may read every row, by their fields `readers`; everyone for documents, whose rules stand elsewhere
public record RowFile<R>(List<R> rows, String sha256, Readers readers) {
    public RowFile {
        rows = List.copyOf(rows);
    }

    /// Rows of any fields, lists and structures among them, as they stand.
    public static RowFile<ObjectRow> objects(Path file) {
        return read(
                file,
                List.of(),
                row -> Optional.of(new ObjectRow(row.origin(), row.fields())),
                Columns.NESTED);
    }

    /// Rows `{"text"}`: whole texts, prose or code.
    ///
    /// @throws SartorException a user's error that lists all bad rows; likewise below
    public static RowFile<String> texts(Path file) {
        return read(file, List.of("text"), row -> row.neededText("text"));
    }

    /// Rows `{"anchor", "positive"}` and perhaps `"negative"`.
    public static RowFile<SimilarTexts> similar(Path file) {
        return read(file, List.of("anchor", "positive"), SimilarTexts::read);
    }

    /// Rows `{"question", "passage", "relevant"}`, or those of {@link #similar}, whose negative is not relevant. What rows say of
    /// the same question and passage must agree.
    public static RowFile<JudgedPassages> judged(Path file) {
        var judged = new HashMap<List<String>, Boolean>();
        return read(file, List.of(), row -> JudgedPassages.read(row, judged));
    }

    /// Rows `{"prompt", "chosen", "rejected"}`, each a text or a list of messages.
    public static RowFile<Preference> preferences(Path file) {
        return read(file, List.of("prompt", "chosen", "rejected"), Preference::read);
    }

    /// Rows `{"question", "first", "second", "preferred"}`, and perhaps `"reference"` and `"annotator"`: which of two answers people
    /// prefer.
    public static RowFile<Judgement> judgements(Path file) {
        return read(file, List.of("question", "first", "second", "preferred"), Judgement::read);
    }

    /// Rows that are documents, each with an id of its own.
    public static RowFile<DocumentRow> documents(Path file, DocumentColumns columns) {
        return read(
                file,
                columns.text().size() == 1 ? columns.text() : List.of(),
                unique(row -> DocumentRow.read(row, columns)),
                Columns.PLAIN);
    }

    /// Rows of a BEIR collection, its corpus or its questions, each with an `_id` of its own.
    public static RowFile<DocumentRow> beir(Path file) {
        return read(file, List.of("_id", "text"), unique(DocumentRow::readBeir), Columns.PLAIN);
    }

    private static Function<Row, Optional<DocumentRow>> unique(
            Function<Row, Optional<DocumentRow>> reading) {
        var seen = new HashSet<String>();
        return row -> {
            var document = reading.apply(row);
            document.filter(each -> !seen.add(each.id()))
                    .ifPresent(each ->
                            row.problem(
                                    "has the id "
                                            + Quoted.of(each.id())
                                            + ", which a row before it has."));
            return document;
        };
    }

    private static <R> RowFile<R> read(
            Path file, List<String> needs, Function<Row, Optional<R>> reading) {
        return read(file, needs, reading, Columns.WITH_READERS);
    }

    private static <R> RowFile<R> read(
            Path file, List<String> needs, Function<Row, Optional<R>> reading, Columns columns) {
        var problems = new Problems();
        var sink = new Sink<>(file.toString(), needs, reading, columns, problems);
        var digest = "";
        try {
            var wrong =
                    Files.isRegularFile(file)
                            ? foreign(file)
                            : Optional.of("is no file: check the path.");
            if (wrong.isPresent()) {
                problems.add(file.toString(), wrong.get());
            } else {
                digest = read(file, sink, problems);
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
        problems.throwIfAny();
        return new RowFile<>(sink.rows, digest, sink.readers);
    }

    private static Optional<String> foreign(Path file) throws IOException {
        return TypedRows.are(file) ? Optional.empty() : Shape.foreign(file);
    }

    private static String read(Path file, Sink<?> sink, Problems problems) throws IOException {
        if (TypedRows.are(file)) {
            TypedRows.read(file, sink);
            if (!sink.isMet) {
                problems.add(file.toString(), "has no rows.");
            }
            return Sha256.of(file);
        }
        try (var lines = new StrictLines(file, problems)) {
            switch (Shape.of(file)) {
                case LINES -> new JsonRows(lines, sink).readLines();
                case ARRAY -> new JsonRows(lines, sink).readArray();
                case COMMA_SEPARATED -> new CsvRows(lines, sink, ',').read();
                case SEMICOLON_SEPARATED -> new CsvRows(lines, sink, ';').read();
                case TAB_SEPARATED -> new CsvRows(lines, sink, '\t').read();
                case SQUAD_DOCUMENT ->
                        problems.add(file.toString(), "must hold one row on each line.");
            }
            if (!sink.isMet && lines.isSound(1, Integer.MAX_VALUE)) {
                problems.add(file.toString(), "has no rows.");
            }
            return lines.digest();
        }
    }

    /// Which columns of a row are looked at beside those that it needs.
    private enum Columns {
        PLAIN,
        /// Plain ones, and who may read the row.
        WITH_READERS,
        /// Plain ones, lists and structures.
        NESTED
    }

    /// Makes rows of one kind.
    private static final class Sink<R> implements RowSink {
        private final String file;
        private final List<String> needs;
        private final Function<Row, Optional<R>> reading;
        private final Columns columns;
        private final Problems problems;
        private final List<R> rows = new ArrayList<>();
        private Readers readers = Readers.everyone();
        private boolean isMet;

        Sink(
                String file,
                List<String> needs,
                Function<Row, Optional<R>> reading,
                Columns columns,
                Problems problems) {
            this.file = file;
            this.needs = needs;
            this.reading = reading;
            this.columns = columns;
            this.problems = problems;
        }

        @Override
        public void row(int line, JsonNode fields) {
            isMet = true;
            if (!fields.isObject()) {
                problem(line, "must be a JSON object, got " + Quoted.of(fields.toString()) + ".");
                return;
            }
            var row = new Row(new Origin(file, line), fields, problems);
            var read = reading.apply(row);
            if (columns == Columns.WITH_READERS) {
                readers = readers.and(RowReaders.of(row));
            }
            if (row.isSound()) {
                read.ifPresent(rows::add);
            }
        }

        @Override
        public void problem(int line, String what) {
            isMet = true;
            problems.add(new Origin(file, line).toString(), what);
        }

        @Override
        public boolean takesNested() {
            return columns == Columns.NESTED;
        }

        /// Rows without their readers would be everyone's.
        @Override
        public void passesOver(List<String> names) {
            if (columns == Columns.WITH_READERS && names.contains(RowReaders.FIELD)) {
                problem(
                        1,
                        "'readers' must be a column of texts with ; between the names, such as"
                                + " group:sales;user:ann, got lists or structures, which are not read"
                                + " from Parquet and Arrow: join the names, or export it as JSONL.");
            }
        }

        @Override
        public boolean acceptsColumns(int line, List<String> names) {
            var missing = needs.stream().filter(name -> !names.contains(name)).toList();
            missing.forEach(name -> problem(line, Row.lacks(name, names)));
            return missing.isEmpty();
        }
    }
}
