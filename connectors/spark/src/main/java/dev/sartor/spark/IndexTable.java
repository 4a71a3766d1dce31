package dev.sartor.spark;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.IndexReport;
import dev.sartor.retrieve.index.PartedIndex;
import dev.sartor.retrieve.search.IndexSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;

/// Makes an index of a table's documents: each task writes a part, and the parts become one generation, which `sartor search`
/// and `sartor serve` open. Executors and this process must see the index's folder under one path.
///
/// @param model the embedder; its name is empty for words alone
public record IndexTable(IndexColumns columns, UsedModel model, IndexSettings settings) {
    private static final int SHOWN = 3;

    /// What was done.
    ///
    /// @param leftOut rows without text
    public record Made(IndexReport report, long leftOut) {}

    /// @param out the index's folder, an index or new; what it held is replaced once all parts are there
    public Made write(Dataset<Row> table, Path out, Progress progress) {
        long begun = System.nanoTime();
        var documents = documents(table);
        refuseRepeatedIds(documents);
        if (!model.name().isEmpty()) {
            SessionModels.prepare(table.sparkSession(), model);
        }
        var counted = Counters.of(table, "documents indexed");
        try (var index = PartedIndex.begin(out, embedding(progress), settings)) {
            var rows =
                    new IndexRows(
                            index.parts().toString(), index.with().text(), model, columns, counted);
            var parts =
                    documents.mapPartitions(rows, Encoders.row(IndexRows.RESULT)).collectAsList();
            var names = parts.stream().map(part -> part.getString(0)).toList();
            var report =
                    index.join(
                            names,
                            parts.stream().mapToInt(part -> part.getInt(1)).sum(),
                            parts.stream().mapToInt(part -> part.getInt(2)).sum(),
                            progress,
                            Duration.ofNanos(System.nanoTime() - begun));
            return new Made(report, parts.stream().mapToLong(part -> part.getLong(3)).sum());
        }
    }

    private Embedding embedding(Progress progress) {
        if (model.name().isEmpty()) {
            return Embedding.none();
        }
        var hub = Hub.open(Caches.standard(), model.use(), Gate.closed());
        return new HubEmbedders(hub, progress).embedding(model.name());
    }

    /// The columns in the order that {@link IndexRows} knows, and those that are metadata.
    Dataset<Row> documents(Dataset<Row> table) {
        var known = new TableColumns(table.schema());
        known.index(columns.id());
        known.text(columns.text());
        var used = List.of(columns.id(), columns.title(), columns.text(), columns.readers());
        var selected = new ArrayList<Column>();
        selected.add(quoted(columns.id()).cast(DataTypes.StringType).as("_id"));
        selected.add(optional(columns.title(), known).as("_title"));
        selected.add(quoted(columns.text()).as("_text"));
        selected.add(readers(known).as("_readers"));
        for (var field : table.schema().fields()) {
            if (!used.contains(field.name()) && isShort(field.dataType())) {
                selected.add(
                        field.dataType() instanceof StringType
                                        || TableColumns.isTexts(field.dataType())
                                ? quoted(field.name())
                                : quoted(field.name()).cast(DataTypes.StringType));
            }
        }
        return table.select(selected.toArray(Column[]::new));
    }

    private static Column quoted(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    private static Column optional(String name, TableColumns known) {
        if (name.isEmpty()) {
            return functions.lit(null).cast(DataTypes.StringType);
        }
        known.text(name);
        return quoted(name);
    }

    /// A list, also of one name.
    private Column readers(TableColumns known) {
        if (columns.readers().isEmpty()) {
            return functions.lit(null).cast(DataTypes.createArrayType(DataTypes.StringType));
        }
        int at = known.texts(columns.readers());
        var column = quoted(columns.readers());
        return TableColumns.isTexts(known.schema().fields()[at].dataType())
                ? column
                : functions.when(column.isNotNull(), functions.array(column));
    }

    private static boolean isShort(DataType type) {
        return type instanceof StringType
                || type instanceof BooleanType
                || type instanceof IntegerType
                || type instanceof LongType
                || TableColumns.isTexts(type);
    }

    private void refuseRepeatedIds(Dataset<Row> documents) {
        List<Row> repeated =
                documents
                        .groupBy("_id")
                        .count()
                        .filter(functions.col("count").gt(1))
                        .select("_id")
                        .limit(SHOWN)
                        .collectAsList();
        if (!repeated.isEmpty()) {
            throw SartorException.user(
                    "each document needs an id of its own, and several rows have one in '"
                            + columns.id()
                            + "', such as "
                            + repeated.stream()
                                    .map(row -> row.isNullAt(0) ? "null" : row.getString(0))
                                    .collect(Collectors.joining(", "))
                            + ": name another column with --id-column, or number the rows.");
        }
    }
}
