package dev.sartor.spark.command;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/// Tables as files that Spark reads and writes, wherever its machines see them.
final class TableFiles {
    private static final Map<String, String> FORMATS =
            Map.of(
                    "parquet", "parquet",
                    "orc", "orc",
                    "jsonl", "json",
                    "ndjson", "json",
                    "json", "json",
                    "csv", "csv");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Of the table: parquet, orc, json (a row on each line) or csv (default: what its name ends with,"
                            + " else parquet).")
    Optional<String> format = Optional.empty();

    /// A row that cannot be read ends the job: Spark would leave out what it does not understand.
    Dataset<Row> read(SparkSession session, List<String> tables) {
        var kind = format.map(TableFiles::known).orElseGet(() -> ofName(tables.getFirst()));
        return session.read()
                .format(kind)
                .option("mode", "FAILFAST")
                .option("header", true)
                .option("multiLine", kind.equals("csv"))
                .option("escape", "\"")
                .load(tables.toArray(String[]::new));
    }

    private static String known(String format) {
        var kind = FORMATS.get(format.toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw SartorException.user(
                    "--format must be parquet, orc, json or csv, got " + format + ".");
        }
        return kind;
    }

    private static String ofName(String table) {
        var name = table.substring(table.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return FORMATS.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "parquet");
    }

    /// @throws SartorException a user's error where something is there already
    static void refuseIfThere(SparkSession session, String out) {
        try {
            var path = new Path(out);
            var files = path.getFileSystem(session.sparkContext().hadoopConfiguration());
            if (files.exists(path)) {
                throw SartorException.user(
                        "--out must be a new folder, got "
                                + out
                                + ", which is there: name another, or remove it.");
            }
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot look for --out " + out + ": " + e.getMessage(), e);
        }
    }

    /// As Parquet: each task's files aside, put in place when the task ends, so that whatever is run again counts once.
    static Dataset<Row> written(Dataset<Row> table, String out) {
        table.write().mode(SaveMode.ErrorIfExists).option("compression", "zstd").parquet(out);
        return table.sparkSession().read().parquet(out);
    }
}
