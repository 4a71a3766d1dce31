package dev.sartor.studio.read;

import dev.sartor.data.CsvText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table of examples as CSV: a row for each that the filter leaves, in its order, with every candidate's answer and score.
public final class ExampleCsv {
    /// A spreadsheet takes a cell that begins so for a formula, and may carry it out.
    private static final String BEGINS_FORMULA = "=+-@\t\r";

    private ExampleCsv() {}

    public static String of(ExampleSearch search, ExampleFilter filter) {
        var table = search.table();
        var heads = new ArrayList<>(List.of("id", "question", "reference"));
        table.candidates()
                .forEach(each -> heads.addAll(List.of(safe(each), safe(each + " score"))));
        var csv = new StringBuilder(CsvText.line(heads));
        search.rows(filter).forEach(row -> csv.append(CsvText.line(cells(table, row))));
        return csv.toString();
    }

    private static List<String> cells(ExampleTable table, int row) {
        var cells = new ArrayList<String>();
        for (var text : List.of(table.id(row), table.question(row), table.reference(row))) {
            cells.add(safe(text));
        }
        for (int column = 0; column < table.candidates().size(); column++) {
            var said = table.said(row, column);
            cells.add(safe(said.map(ExampleTable.Said::text).orElse("")));
            cells.add(
                    said.map(each -> String.format(Locale.ROOT, "%.4f", each.score())).orElse(""));
        }
        return cells;
    }

    private static String safe(String text) {
        boolean isFormula = !text.isEmpty() && BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0;
        return isFormula ? "'" + text : text;
    }
}
