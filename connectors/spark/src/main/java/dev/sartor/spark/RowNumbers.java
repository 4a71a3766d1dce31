package dev.sartor.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/// Numbers a table's rows in the order of its files' paths, and of the rows in each. Spark reads large files first, in blocks:
/// each block's rows are counted, and numbered from where the blocks before it end. A table that is not read from files goes by its
/// partitions.
final class RowNumbers {
    private RowNumbers() {}

    /// A block of a file; of a table without files a partition.
    private record Block(String file, long start, int partition) implements Serializable {
        static Block of(Row row, int partition) {
            int last = row.size() - 1;
            var file = row.isNullAt(last - 1) ? "" : row.getString(last - 1);
            return file.isEmpty()
                    ? new Block("", 0, partition)
                    : new Block(file, row.getLong(last), 0);
        }
    }

    private record Counted(Block block, long rows) implements Serializable {}

    /// The table behind its rows' numbers, in `row`.
    static Dataset<Row> before(Dataset<Row> table) {
        var schema = new TableColumns(table.schema()).after(Sartor.ROW, DataTypes.LongType);
        var file = functions.input_file_name().as("_file");
        var start = functions.input_file_block_start().as("_start");
        var counted =
                table.select(file, start)
                        .toJavaRDD()
                        .mapPartitionsWithIndex(new Counting(), false)
                        .collect();
        var columns = new ArrayList<Column>();
        for (var name : table.columns()) {
            columns.add(functions.col("`" + name.replace("`", "``") + "`"));
        }
        columns.add(file);
        columns.add(start);
        var rows =
                table.select(columns.toArray(Column[]::new))
                        .toJavaRDD()
                        .mapPartitionsWithIndex(new Numbering(firsts(counted)), false);
        return table.sparkSession().createDataFrame(rows, schema);
    }

    private static Map<Block, Long> firsts(List<Counted> counted) {
        var sorted = new ArrayList<>(counted);
        sorted.sort(
                Comparator.comparing((Counted each) -> each.block.file)
                        .thenComparingLong(each -> each.block.start)
                        .thenComparingInt(each -> each.block.partition));
        var firsts = new HashMap<Block, Long>();
        long next = 0;
        for (var each : sorted) {
            firsts.put(each.block, next);
            next += each.rows;
        }
        return firsts;
    }

    private record Counting() implements Function2<Integer, Iterator<Row>, Iterator<Counted>> {
        @Override
        public Iterator<Counted> call(Integer partition, Iterator<Row> rows) {
            var counts = new HashMap<Block, Long>();
            while (rows.hasNext()) {
                counts.merge(Block.of(rows.next(), partition), 1L, Long::sum);
            }
            var counted = new ArrayList<Counted>();
            counts.forEach((block, many) -> counted.add(new Counted(block, many)));
            return counted.iterator();
        }
    }

    private record Numbering(Map<Block, Long> firsts)
            implements Function2<Integer, Iterator<Row>, Iterator<Row>> {
        @Override
        public Iterator<Row> call(Integer partition, Iterator<Row> rows) {
            var next = new HashMap<>(firsts);
            return new Spread(
                    rows,
                    row -> {
                        long after = next.merge(Block.of(row, partition), 1L, Long::sum);
                        return List.of(EmbedRows.behind(after - 1, row)).iterator();
                    });
        }
    }
}
