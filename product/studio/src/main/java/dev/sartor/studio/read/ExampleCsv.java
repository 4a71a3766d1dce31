package dev.sartor.studio.read;

import java.util.List;
import java.util.Locale;

/// A table of examples as CSV: a row for each that the filter leaves, in its order, with every candidate's answer and score.
public final class ExampleCsv {
    /// A spreadsheet takes a cell that begins so for a formula, and may carry it out.
    private static final String BEGINS_FORMULA = "=+-@\t\r";

    private ExampleCsv() {}

    public static String of(ExampleSearch search, ExampleFilter filter) {
        var table = search.table();
        var csv = new StringBuilder("id,question,reference");
        for (var candidate : table.candidates()) {
            csv.append(',').append(cell(candidate)).append(',').append(cell(candidate + " score"));
        }
        csv.append("\r\n");
        search.rows(filter).forEach(row -> add(csv, table, row));
        return csv.toString();
    }

    private static void add(StringBuilder csv, ExampleTable table, int row) {
        for (var text : List.of(table.id(row), table.question(row), table.reference(row))) {
            csv.append(csv.charAt(csv.length() - 1) == '\n' ? "" : ",").append(cell(text));
        }
        for (int column = 0; column < table.candidates().size(); column++) {
            var said = table.said(row, column);
            csv.append(',').append(cell(said.map(ExampleTable.Said::text).orElse("")));
            csv.append(',')
                    .append(
                            said.map(each -> String.format(Locale.ROOT, "%.4f", each.score()))
                                    .orElse(""));
        }
        csv.append("\r\n");
    }

    private static String cell(String text) {
        boolean isFormula = !text.isEmpty() && BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0;
        var safe = isFormula ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
