package dev.sartor.data.row;

import dev.sartor.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// Rows of a CSV file as RFC 4180 has it, the first of them the columns' names. A quoted cell may span lines; a row's line
/// is its first. Blank lines are passed over.
public final class CsvRows {
    private final StrictLines lines;
    private final RowSink sink;
    private final CSVFormat format;

    public CsvRows(StrictLines lines, RowSink sink, char separator) {
        this.lines = lines;
        this.sink = sink;
        this.format =
                CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(separator)
                        .setIgnoreEmptyLines(
                                false) // counted here, or a row's first line would be off
                        .get();
    }

    public void read() throws IOException {
        int before = 0;
        try (var parser = CSVParser.parse(lines.reader(), format)) {
            var records = parser.iterator();
            var columns = List.<String>of();
            while (records.hasNext()) {
                var cells = records.next();
                int first = before + 1;
                before = Math.toIntExact(parser.getCurrentLineNumber());
                if (isBlank(cells) || !lines.isSound(first, before)) {
                    continue;
                }
                if (!columns.isEmpty()) {
                    readRow(first, columns, cells);
                    continue;
                }
                columns = cells.stream().map(String::strip).toList();
                if (!acceptsColumns(first, columns)) {
                    return;
                }
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CSVException)) {
                throw e.getCause();
            }
            sink.problem(
                    before + 1,
                    "is not CSV: "
                            + e.getCause().getMessage()
                            + ". Rows after it were not read: check the quotes from this row on.");
        }
    }

    private boolean acceptsColumns(int line, List<String> columns) {
        var twice =
                columns.stream()
                        .filter(name -> Collections.frequency(columns, name) > 1)
                        .findFirst();
        twice.ifPresent(
                name -> sink.problem(line, "names the column " + Quoted.of(name) + " twice."));
        return twice.isEmpty() && sink.acceptsColumns(line, columns);
    }

    private void readRow(int line, List<String> columns, CSVRecord cells) {
        if (cells.size() != columns.size()) {
            sink.problem(
                    line,
                    "has "
                            + cells.size()
                            + " cells, but the first row names "
                            + columns.size()
                            + " columns: a text with a separator or a quote in it must be quoted.");
            return;
        }
        var fields = Json.mapper().createObjectNode();
        for (int i = 0; i < columns.size(); i++) {
            fields.put(columns.get(i), cells.get(i));
        }
        sink.row(line, fields);
    }

    private static boolean isBlank(CSVRecord cells) {
        return cells.size() == 1 && cells.get(0).isBlank();
    }
}
