package dev.sartor.data;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.data.row.CsvRows;
import dev.sartor.data.row.JsonRows;
import dev.sartor.data.row.RowSink;
import dev.sartor.data.row.Shape;
import dev.sartor.data.row.StrictLines;
import dev.sartor.data.row.TypedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads examples from JSONL, a JSON array, SQuAD's JSON, CSV (with commas, semicolons or tabs), Parquet or Arrow. Rows are read one
/// after the other; every bad one is named with file and line. How long a row may be is for those to say who know the
/// model's context.
public final class ExampleReader {
    private ExampleReader() {}

    /// @throws SartorException a user's error that lists all bad rows
    public static ReadResult read(Path file, DataFormat format, ReadRules rules) {
        var problems = new Problems();
        var result = read(file, format, rules, problems);
        problems.throwIfAny();
        return result;
    }

    /// Reads several files into one list of problems: the result holds the good rows alone.
    public static ReadResult read(
            Path file, DataFormat format, ReadRules rules, Problems problems) {
        try {
            var wrong = Files.isRegularFile(file) ? foreign(file) : notThere(file);
            if (wrong.isPresent()) {
                problems.add(file.toString(), wrong.get());
                return new ReadResult(List.of(), format, "", Repeats.none(), List.of());
            }
            return TypedRows.are(file)
                    ? readTyped(file, format, rules, problems)
                    : readText(file, format, rules, problems);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> notThere(Path file) {
        return Optional.of(
                Files.exists(file)
                        ? "is a folder, not a file."
                        : "does not exist: check the path, which is taken from "
                                + Path.of("").toAbsolutePath()
                                + ".");
    }

    private static Optional<String> foreign(Path file) throws IOException {
        return TypedRows.are(file) ? Optional.empty() : Shape.foreign(file);
    }

    private static ReadResult readTyped(
            Path file, DataFormat format, ReadRules rules, Problems problems) throws IOException {
        var rows = new ExampleRows(file, format, rules, problems);
        TypedRows.read(file, rows);
        if (rows.rows() == 0) {
            problems.add(file.toString(), "has no rows.");
        }
        return new ReadResult(
                rows.examples(),
                rows.format(),
                Sha256.of(file),
                Repeats.in(rows.examples()),
                rows.notes());
    }

    private static ReadResult readText(
            Path file, DataFormat format, ReadRules rules, Problems problems) throws IOException {
        var shape = Shape.of(file);
        var expected = shape == Shape.SQUAD_DOCUMENT ? DataFormat.SQUAD : format;
        if (format != DataFormat.AUTO && format != expected) {
            problems.add(
                    file.toString(),
                    "is a SQuAD document, not rows of "
                            + format.key()
                            + ": set the format to squad.");
        }
        try (var lines = new StrictLines(file, problems)) {
            var rows = new ExampleRows(file, expected, rules, problems);
            int contexts = readRows(shape, lines, rows);
            if (rows.rows() == 0 && lines.isSound(1, Integer.MAX_VALUE)) {
                problems.add(file.toString(), "has no rows.");
            }
            var notes = new ArrayList<>(rows.notes());
            if (shape == Shape.SEMICOLON_SEPARATED) {
                notes.add(
                        file
                                + ": ';' is taken for the separator of its cells, as its first row has no comma.");
            }
            if (contexts > 0) {
                notes.add(
                        file
                                + ": the questions were read without their "
                                + contexts
                                + " contexts, which are for retrieval to find.");
            }
            var repeats = Repeats.in(rows.examples());
            return new ReadResult(rows.examples(), rows.format(), lines.digest(), repeats, notes);
        }
    }

    /// @return how many texts stood beside the questions, and were not read
    private static int readRows(Shape shape, StrictLines lines, RowSink rows) throws IOException {
        switch (shape) {
            case LINES -> new JsonRows(lines, rows).readLines();
            case ARRAY -> new JsonRows(lines, rows).readArray();
            case COMMA_SEPARATED -> new CsvRows(lines, rows, ',').read();
            case SEMICOLON_SEPARATED -> new CsvRows(lines, rows, ';').read();
            case TAB_SEPARATED -> new CsvRows(lines, rows, '\t').read();
            case SQUAD_DOCUMENT -> {
                return new JsonRows(lines, rows).readSquadDocument();
            }
        }
        return 0;
    }
}
