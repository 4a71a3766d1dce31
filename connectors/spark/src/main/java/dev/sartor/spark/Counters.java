package dev.sartor.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.util.LongAccumulator;

/// Counts that Spark's page shows beside a stage's tasks. Of a task that is run again because its result was lost they count
/// twice, as Spark's counters do: they tell how the work goes, and results are counted where they lie.
final class Counters {
    private Counters() {}

    static LongAccumulator of(Dataset<?> table, String what) {
        return table.sparkSession().sparkContext().longAccumulator("sartor: " + what);
    }
}
