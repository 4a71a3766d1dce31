package dev.sartor.spark;

import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.Prediction;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/// Adds how good a row's answer is by a metric of `evaluate`. A row without an answer or a reference has no score.
///
/// @param answer the answer's column
/// @param reference the column of the reference, or of several
/// @param labels of a classification; empty otherwise
record ScoreRows(int answer, int reference, String metric, List<String> labels)
        implements MapFunction<Row, Row> {
    ScoreRows {
        labels = List.copyOf(labels);
    }

    @Override
    public Row call(Row row) {
        return EmbedRows.with(row, score(row));
    }

    private @Nullable Double score(Row row) {
        if (row.isNullAt(answer) || row.isNullAt(reference)) {
            return null;
        }
        var references = references(row);
        if (references.isEmpty()) {
            return null;
        }
        var prediction = new Prediction("", row.getString(answer), references);
        return Metric.named(metric, labels).perExample(List.of(prediction))[0];
    }

    private List<String> references(Row row) {
        return row.get(reference) instanceof String one
                ? List.of(one)
                : row.<String>getList(reference).stream().filter(Objects::nonNull).toList();
    }
}
