package dev.sartor.spark.command;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.spark.Sartor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "duplicates",
        description = {
            "Find rows whose text is nearly that of an earlier row, as `sartor data clean` does.",
            "",
            "The result has the duplicates: `row`, its number in the table from 0, `kept`, the earliest like it, `nearest`"
                    + " and `score`."
        },
        footer = {
            "",
            "Example: sartor table duplicates --spark local[4] crawl.parquet --column text --out duplicates --kept cleaned"
        })
final class TableDuplicatesCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "TABLE", arity = "1..*", description = "Files or folders of rows.")
    List<String> tables = List.of();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column of the text (default: ${DEFAULT-VALUE}).")
    String column = "text";

    @Option(
            names = "--threshold",
            paramLabel = "SHARE",
            description = "How alike texts are at least, 0.7 to 1 (default: ${DEFAULT-VALUE}).")
    double threshold = 0.8;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "A new folder for the duplicates, as Parquet.")
    String out = "";

    @Option(
            names = "--kept",
            paramLabel = "FOLDER",
            description = "A new folder for the table without them, each row with its number.")
    Optional<String> kept = Optional.empty();

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    @Mixin TableFiles files = new TableFiles();

    @Mixin SparkOptions spark = new SparkOptions();

    TableDuplicatesCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var search = Sartor.nearDuplicates(column, threshold);
        return TableWork.in(
                () -> spark.open("duplicates", console),
                session -> {
                    TableFiles.refuseIfThere(session, out);
                    kept.ifPresent(folder -> TableFiles.refuseIfThere(session, folder));
                    var table = files.read(session, tables);
                    var found = TableFiles.written(table.transform(search), out);
                    long rows = table.count();
                    long duplicates = found.count();
                    long clusters = found.agg(functions.countDistinct("kept")).first().getLong(0);
                    kept.ifPresent(folder ->
                            TableFiles.written(
                                    Sartor.numbered(table)
                                            .join(found, new String[] {Sartor.ROW}, "left_anti"),
                                    folder));
                    console.print(
                            json
                                    ? Json.line(
                                            Map.of(
                                                    "rows", rows,
                                                    "duplicates", duplicates,
                                                    "clusters", clusters))
                                    : String.format(
                                            Locale.ROOT,
                                            "%,d of %,d rows are nearly another, in %,d clusters; they are in %s",
                                            duplicates,
                                            rows,
                                            clusters,
                                            out));
                    return 0;
                });
    }
}
