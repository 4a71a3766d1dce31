package dev.sartor.spark;

import dev.sartor.core.SartorException;
import dev.sartor.curate.SpreadLeaks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// Rows of one table that also stand in another: each executor holds the test rows, and the other rows go by, each once.
///
/// @param threshold how alike near rows are at least, .6 to 1
record LeakTable(double threshold) {
    private static final StructType RESULT =
            new StructType()
                    .add("test", DataTypes.LongType)
                    .add("other", DataTypes.LongType)
                    .add("kind", DataTypes.StringType)
                    .add("score", DataTypes.DoubleType);

    /// Characters take two bytes, and what is looked up by about as much again: so much of the heap.
    private static final int SHARE_OF_HEAP = 8;

    /// What a task found, with the number of the first row that it looked at.
    private record Part(int first, SpreadLeaks.Found found) implements Serializable {}

    /// By the numbers of rows, each table by itself.
    ///
    /// @param tests a column of text; held by each executor
    /// @param others a column of text
    Dataset<Row> leaks(Dataset<Row> tests, Dataset<Row> others) {
        var session = others.sparkSession();
        var context = JavaSparkContext.fromSparkContext(session.sparkContext());
        context.setJobDescription("sartor: leaks");
        var held = context.broadcast(texts(tests));
        try {
            var found =
                    RowNumbers.before(others)
                            .toJavaRDD()
                            .mapPartitions(new Searching(held, threshold))
                            .collect();
            var inOrder = new ArrayList<>(found);
            inOrder.sort((a, b) -> Integer.compare(a.first, b.first));
            var pairs =
                    ExecutorTests.of(held, threshold)
                            .pairs(inOrder.stream().map(Part::found).toList())
                            .stream()
                            .map(pair ->
                                    RowFactory.create(
                                            (long) pair.test(),
                                            (long) pair.other(),
                                            pair.kind(),
                                            pair.score()))
                            .toList();
            return session.createDataFrame(pairs, RESULT);
        } finally {
            context.setJobDescription(null);
            ExecutorTests.close();
            held.destroy();
        }
    }

    private static List<String> texts(Dataset<Row> tests) {
        var texts = new ArrayList<String>();
        long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        long characters = 0;
        var rows = RowNumbers.before(tests).orderBy(Sartor.ROW).toLocalIterator();
        while (rows.hasNext()) {
            var text = text(rows.next(), 1);
            characters += text.length();
            if (characters > most) {
                throw SartorException.missing(
                        "the test rows have more than "
                                + most
                                + " characters, which is more than each executor can hold: give the driver and the"
                                + " executors more memory (spark.driver.memory, spark.executor.memory), or look for"
                                + " the test rows in several runs.");
            }
            texts.add(text);
        }
        return texts;
    }

    private static String text(Row row, int at) {
        return row.isNullAt(at) ? "" : row.getString(at);
    }

    private record Searching(Broadcast<List<String>> tests, double threshold)
            implements FlatMapFunction<Iterator<Row>, Part> {
        @Override
        public Iterator<Part> call(Iterator<Row> rows) {
            var parts = new ArrayList<Part>();
            var run = new Run(rows);
            while (run.begins()) {
                int first = run.number();
                parts.add(new Part(first, ExecutorTests.of(tests, threshold).search(first, run)));
            }
            return parts.iterator();
        }
    }

    /// The texts of rows whose numbers follow each other; where the next number is another, the next run begins.
    private static final class Run implements Iterator<String> {
        private final Iterator<Row> rows;
        private Optional<Row> next = Optional.empty();
        private long expected;

        Run(Iterator<Row> rows) {
            this.rows = rows;
        }

        /// Whether there is another run, whose rows come next.
        boolean begins() {
            look();
            next.ifPresent(row -> expected = row.getLong(0));
            return next.isPresent();
        }

        int number() {
            if (expected > Integer.MAX_VALUE) {
                throw SartorException.user(
                        "at most 2,147,483,647 rows can be looked through at once: look for the test rows in several"
                                + " parts of the table.");
            }
            return (int) expected;
        }

        private void look() {
            if (next.isEmpty() && rows.hasNext()) {
                next = Optional.of(rows.next());
            }
        }

        @Override
        public boolean hasNext() {
            look();
            return next.isPresent() && next.get().getLong(0) == expected;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the run is over");
            }
            var text = text(next.orElseThrow(), 1);
            next = Optional.empty();
            expected++;
            return text;
        }
    }
}
