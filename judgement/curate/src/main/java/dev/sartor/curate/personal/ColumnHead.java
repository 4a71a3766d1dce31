package dev.sartor.curate.personal;

import java.util.Optional;

/// The head of a table's column: the field of the first line above that has as many separators, as in CSV and Markdown.
record ColumnHead(int start, int end) {
    private static final int LONGEST_LINE = 500;
    private static final int FURTHEST = 1_000;
    private static final String SEPARATORS = "\t|;,";

    /// The head of the column in which an index stands; looks at up to 2,500 chars.
    static Optional<ColumnHead> of(String text, int at) {
        int line = lineStart(text, at, LONGEST_LINE);
        if (line <= 0) {
            return Optional.empty();
        }
        int first = firstLine(text, line);
        int firstEnd = lineEnd(text, first);
        int lineEnd = lineEnd(text, line);
        for (int i = 0; i < SEPARATORS.length(); i++) {
            char separator = SEPARATORS.charAt(i);
            int columns = count(text, first, firstEnd, separator);
            boolean isProse =
                    separator == ',' && columns == 1 && count(text, first, firstEnd, ' ') > 0;
            if (columns > 0 && !isProse && columns == count(text, line, lineEnd, separator)) {
                int column = count(text, line, at, separator);
                return Optional.of(field(text, first, firstEnd, separator, column));
            }
        }
        return Optional.empty();
    }

    /// The first line of the block of lines that ends with one, or of the text where the block is long.
    private static int firstLine(String text, int line) {
        int first = line;
        while (first > 0 && text.charAt(first - 1) == '\n') {
            int before = lineStart(text, first - 1, LONGEST_LINE);
            if (before < 0 || line - before > FURTHEST) {
                return 0;
            }
            if (before == first - 1) {
                return first; // a blank line
            }
            first = before;
        }
        return first;
    }

    /// -1 where the line's beginning is further off.
    private static int lineStart(String text, int at, int furthest) {
        int start = at;
        while (start > 0 && text.charAt(start - 1) != '\n') {
            start--;
            if (at - start > furthest) {
                return -1;
            }
        }
        return start;
    }

    private static int lineEnd(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < LONGEST_LINE && text.charAt(end) != '\n') {
            end++;
        }
        return end;
    }

    /// Separators outside of double quotes.
    private static int count(String text, int from, int to, char separator) {
        int count = 0;
        boolean isQuoted = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            isQuoted ^= c == '"';
            count += c == separator && !isQuoted ? 1 : 0;
        }
        return count;
    }

    private static ColumnHead field(String text, int from, int to, char separator, int column) {
        int start = from;
        int before = 0;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == separator) {
                if (before == column) {
                    return new ColumnHead(start, i);
                }
                before++;
                start = i + 1;
            }
        }
        return new ColumnHead(start, to);
    }
}
