package dev.sartor.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Columns of text under their headings, two blanks between them. Not thread-safe.
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] right;

    /// @param headings one for each column; `>` before one puts the column to the right, as for numbers
    public Table(String... headings) {
        right = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
        }
        rows.add(Arrays.stream(headings).map(h -> h.startsWith(">") ? h.substring(1) : h).toList());
    }

    public Table row(Object... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(
                    cells.length + " cells, " + right.length + " columns");
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    @Override
    public String toString() {
        var widths = new int[right.length];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return String.join("\n", rows.stream().map(row -> line(row, widths)).toList());
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var fill = " ".repeat(widths[i] - length(row.get(i)));
            line.append(right[i] ? fill + row.get(i) : row.get(i) + fill).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
