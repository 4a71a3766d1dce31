package dev.sartor.spark;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.data.DocumentRow;
import dev.sartor.documents.source.RowBatch;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.IndexPart;
import dev.sartor.retrieve.index.IndexedWith;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/// Writes the documents of a task into a part of an index, in a folder of this attempt's own, and says which: of several
/// attempts Spark takes one's word.
///
/// @param folder of all parts
/// @param made what the index is made with, as {@link IndexedWith#text} has it
/// @param model the embedder; its name is empty for words alone
/// @param documents counts them on Spark's page
record IndexRows(
        String folder,
        String made,
        UsedModel model,
        IndexColumns columns,
        LongAccumulator documents)
        implements MapPartitionsFunction<Row, Row> {
    /// Columns of {@link IndexTable#documents}, which come before metadata.
    static final int ID = 0;

    static final int TITLE = 1;
    static final int TEXT = 2;
    static final int READERS = 3;
    static final int METADATA = 4;

    /// What a task says.
    static final StructType RESULT =
            new StructType()
                    .add("part", DataTypes.StringType)
                    .add("embedded", DataTypes.IntegerType)
                    .add("reused", DataTypes.IntegerType)
                    .add("left_out", DataTypes.LongType);

    private static final int AT_ONCE = 512;
    private static final int LONGEST_METADATA = 256;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return List.<Row>of().iterator();
        }
        var task = TaskContext.get();
        var name = "part-" + task.partitionId() + "-" + task.taskAttemptId();
        var with = IndexedWith.parsed(made);
        long leftOut = 0;
        try (var part =
                IndexPart.open(Path.of(folder).resolve(name), embedding(with), with.settings())) {
            var batch = new ArrayList<RowBatch.Entry>();
            while (rows.hasNext()) {
                var row = rows.next();
                if (row.isNullAt(TEXT) || row.getString(TEXT).isBlank()) {
                    leftOut++;
                    continue;
                }
                batch.add(entry(row));
                if (batch.size() == AT_ONCE) {
                    add(batch, part);
                }
            }
            add(batch, part);
            part.commit();
            return List.of(RowFactory.create(name, part.embedded(), part.reused(), leftOut))
                    .iterator();
        }
    }

    private void add(List<RowBatch.Entry> batch, IndexPart part) {
        if (TaskContext.get().isInterrupted()) {
            throw SartorException.stopped("the task was taken back");
        }
        part.add(new RowBatch(batch), new Cancellation());
        documents.add(batch.size());
        batch.clear();
    }

    private Embedding embedding(IndexedWith with) {
        return with.hasVectors()
                ? new Embedding(
                        with.embedder(),
                        with.digest(),
                        () -> ExecutorModels.embedder(model, with.digest()))
                : Embedding.none();
    }

    private RowBatch.Entry entry(Row row) {
        if (row.isNullAt(ID)) {
            throw SartorException.user(
                    "every document needs an id, and a row has none in '" + columns.id() + "'.");
        }
        var title = row.isNullAt(TITLE) ? "" : row.getString(TITLE);
        return new RowBatch.Entry(
                new DocumentRow(row.getString(ID), title, row.getString(TEXT), metadata(row)),
                readers(row));
    }

    private Readers readers(Row row) {
        if (columns.isPublic()) {
            return Readers.everyone();
        }
        if (row.isNullAt(READERS)) {
            return Readers.nobody();
        }
        var names = row.<String>getList(READERS).stream().filter(Objects::nonNull).toList();
        for (var name : names) {
            if (!Readers.isName(name)) {
                throw SartorException.user(
                        "readers must be named user:NAME, group:NAME, tenant:NAME, local or everyone, got '"
                                + name
                                + "' in '"
                                + columns.readers()
                                + "' of the document '"
                                + row.getString(ID)
                                + "'.");
            }
        }
        return Readers.named(names);
    }

    private static Map<String, List<String>> metadata(Row row) {
        var all = new HashMap<String, List<String>>();
        for (int i = METADATA; i < row.size(); i++) {
            if (row.isNullAt(i)) {
                continue;
            }
            List<?> values = row.get(i) instanceof String one ? List.of(one) : row.getList(i);
            var kept =
                    values.stream()
                            .filter(Objects::nonNull)
                            .map(Object::toString)
                            .filter(each -> !each.isBlank() && each.length() <= LONGEST_METADATA)
                            .toList();
            if (!kept.isEmpty()) {
                all.put(row.schema().fieldNames()[i], kept);
            }
        }
        return all;
    }
}
