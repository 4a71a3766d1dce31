package dev.sartor.spark;

import dev.sartor.core.SartorException;
import dev.sartor.curate.SpreadLeaks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
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
            var rows = others.toJavaRDD();
            var starts = starts(rows.mapPartitions(each -> List.of(count(each)).iterator()).collect());
            var found =
                    rows.mapPartitionsWithIndex(
                                    new Searching(held, starts, threshold), false)
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

    private static ArrayList<String> texts(Dataset<Row> tests) {
        var texts = new ArrayList<String>();
        long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        long characters = 0;
        var rows = tests.toLocalIterator();
        while (rows.hasNext()) {
            var text = text(rows.next());
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

    private static String text(Row row) {
        return row.isNullAt(0) ? "" : row.getString(0);
    }

    private static Long count(Iterator<Row> rows) {
        long count = 0;
        for (; rows.hasNext(); rows.next()) {
            count++;
        }
        return count;
    }

    /// The number of each partition's first row.
    private static int[] starts(List<Long> counts) {
        var starts = new int[counts.size()];
        long next = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = (int) next;
            next += counts.get(i);
            if (next > Integer.MAX_VALUE) {
                throw SartorException.user(
                        "at most 2,147,483,647 rows can be looked through at once: look for the test rows in several"
                                + " parts of the table.");
            }
        }
        return starts;
    }

    private record Searching(Broadcast<ArrayList<String>> tests, int[] starts, double threshold)
            implements Function2<Integer, Iterator<Row>, Iterator<Part>> {
        @Override
        public Iterator<Part> call(Integer partition, Iterator<Row> rows) {
            Iterator<String> texts =
                    new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return rows.hasNext();
                        }

                        @Override
                        public String next() {
                            return text(rows.next());
                        }
                    };
            int first = starts[partition];
            var found = ExecutorTests.of(tests, threshold).search(first, texts);
            return List.of(new Part(first, found)).iterator();
        }
    }
}
