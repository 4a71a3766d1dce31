package dev.sartor.spark;

import dev.sartor.curate.SpreadDuplicates;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/// The pairs of rows in each bucket that are worth a look: each row with the few before it, and with the first. However many rows
/// a bucket has, a few of them are held. For one thread.
final class BucketPairs implements Iterator<Row> {
    private final Iterator<Row> bucketed;
    private final Deque<Long> before = new ArrayDeque<>();
    private final Deque<Row> pairs = new ArrayDeque<>();
    private long bucket;
    private long first;

    /// @param bucketed `bucket` and `row`, by bucket and then by row
    BucketPairs(Iterator<Row> bucketed) {
        this.bucketed = bucketed;
    }

    @Override
    public boolean hasNext() {
        while (pairs.isEmpty() && bucketed.hasNext()) {
            var next = bucketed.next();
            take(next.getLong(0), next.getLong(1));
        }
        return !pairs.isEmpty();
    }

    private void take(long ofBucket, long row) {
        if (before.isEmpty() || ofBucket != bucket) {
            before.clear();
            bucket = ofBucket;
            first = row;
        }
        before.forEach(earlier -> pairs.add(RowFactory.create(row, earlier)));
        if (!before.isEmpty() && before.getFirst() != first) {
            pairs.add(RowFactory.create(row, first));
        }
        before.addLast(row);
        if (before.size() > SpreadDuplicates.WINDOW) {
            before.removeFirst();
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every pair was handed out");
        }
        return pairs.removeFirst();
    }
}
