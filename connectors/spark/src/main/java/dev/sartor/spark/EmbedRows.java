package dev.sartor.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/// Adds the vector of a row's text. A row without text is kept, and has none.
///
/// @param at the text's column
/// @param without counts rows without text
record EmbedRows(int at, UsedModel model, LongAccumulator without)
        implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new RowWindows(
                rows, row -> row.isNullAt(at) ? 0 : row.getString(at).length(), this::embedded);
    }

    private List<Row> embedded(List<Row> window) {
        var texts =
                window.stream()
                        .filter(row -> !row.isNullAt(at))
                        .map(row -> row.getString(at))
                        .toList();
        without.add(window.size() - texts.size());
        var vectors =
                texts.isEmpty()
                        ? List.<float[]>of().iterator()
                        : ExecutorModels.embedder(model).embed(texts).iterator();
        var made = new ArrayList<Row>(window.size());
        for (var row : window) {
            made.add(
                    row.isNullAt(at)
                            ? with(row, (Object) null)
                            : with(row, (Object) vectors.next()));
        }
        return made;
    }

    /// The row with more values at its end.
    static Row with(Row row, @Nullable Object... more) {
        var values = new @Nullable Object[row.size() + more.length];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.get(i);
        }
        System.arraycopy(more, 0, values, row.size(), more.length);
        return RowFactory.create(values);
    }

    /// A number, and the row but for its last two values.
    static Row behind(long number, Row row) {
        var values = new @Nullable Object[row.size() - 1];
        values[0] = number;
        for (int i = 1; i < values.length; i++) {
            values[i] = row.get(i - 1);
        }
        return RowFactory.create(values);
    }
}
