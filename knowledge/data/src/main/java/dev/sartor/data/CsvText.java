package dev.sartor.data;

import java.util.List;
import org.apache.commons.csv.CSVFormat;

/// Rows as RFC 4180 writes them, for people who fill in tables.
public final class CsvText {
    private CsvText() {}

    /// One row with its line's end.
    public static String line(List<String> cells) {
        return CSVFormat.RFC4180.format(cells.toArray()) + "\r\n";
    }
}
