package dev.sartor.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/// A task's rows, a window at a time: so many that texts of like length can be computed together, and no more than stay in
/// memory whatever the rows hold. Each row of the result is handed out before the next window is read. For one thread.
final class RowWindows implements Iterator<Row> {
    private static final int MOST_ROWS = 1024;

    /// Characters of the texts of a window.
    private static final long MOST_CHARACTERS = 4 << 20;

    private final Iterator<Row> rows;
    private final Function<Row, Integer> length;
    private final Function<List<Row>, List<Row>> work;
    private Iterator<Row> made = List.<Row>of().iterator();

    /// @param length of a row's text, in characters
    /// @param work makes one row of each, in their order
    RowWindows(
            Iterator<Row> rows,
            Function<Row, Integer> length,
            Function<List<Row>, List<Row>> work) {
        this.rows = rows;
        this.length = length;
        this.work = work;
    }

    @Override
    public boolean hasNext() {
        return made.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every row was handed out");
        }
        if (!made.hasNext()) {
            var window = new ArrayList<Row>();
            long characters = 0;
            while (rows.hasNext() && window.size() < MOST_ROWS && characters < MOST_CHARACTERS) {
                var row = rows.next();
                window.add(row);
                characters += length.apply(row);
            }
            made = work.apply(window).iterator();
        }
        return made.next();
    }
}
