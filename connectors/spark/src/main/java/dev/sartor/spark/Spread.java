package dev.sartor.spark;

import dev.sartor.core.SartorException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/// What comes of each row, one row after another. For one thread.
final class Spread implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final FlatMapFunction<Row, Row> work;
    private Iterator<Row> made = List.<Row>of().iterator();

    Spread(Iterator<Row> rows, FlatMapFunction<Row, Row> work) {
        this.rows = rows;
        this.work = work;
    }

    @Override
    public boolean hasNext() {
        while (!made.hasNext() && rows.hasNext()) {
            made = of(rows.next());
        }
        return made.hasNext();
    }

    private Iterator<Row> of(Row row) {
        try {
            return work.call(row);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw SartorException.defect("a row's work failed", e);
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every row was handed out");
        }
        return made.next();
    }
}
