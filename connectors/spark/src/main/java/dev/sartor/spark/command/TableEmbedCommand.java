package dev.sartor.spark.command;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.cli.option.WeightsOption;
import dev.sartor.core.Json;
import dev.sartor.model.Precision;
import dev.sartor.spark.Sartor;
import dev.sartor.spark.UsedModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "embed",
        description =
                "Add the vector of each row's text in `embedding`. Rows without text are kept without one.",
        footer = {
            "",
            "Example: sartor table embed --spark local[4] reviews.parquet --column text --out vectors"
        })
final class TableEmbedCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "TABLE", arity = "1..*", description = "Files or folders of rows.")
    List<String> tables = List.of();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column of the text (default: ${DEFAULT-VALUE}).")
    String column = "text";

    @Option(
            names = "--embedder",
            paramLabel = "MODEL",
            description =
                    "An embedder, or a folder that every machine has (default: ${DEFAULT-VALUE}).")
    String model = "all-minilm-l6-v2";

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "A new folder for the result, as Parquet.")
    String out = "";

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    @Mixin TableFiles files = new TableFiles();

    @Mixin WeightsOption weights = new WeightsOption();

    @Mixin UseOption use = new UseOption();

    @Mixin SparkOptions spark = new SparkOptions();

    TableEmbedCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var used = new UsedModel(model, weights.or(Precision.F32), use.use);
        return TableWork.in(
                () -> spark.open("embed", console),
                session -> {
                    TableFiles.refuseIfThere(session, out);
                    var made = files.read(session, tables).transform(Sartor.embed(column, used));
                    var counts =
                            TableFiles.written(made, out)
                                    .agg(
                                            functions.count(functions.lit(1)),
                                            functions.count(Sartor.EMBEDDING))
                                    .first();
                    long rows = counts.getLong(0);
                    long without = rows - counts.getLong(1);
                    console.print(
                            json
                                    ? Json.line(Map.of("rows", rows, "without_text", without))
                                    : String.format(
                                            Locale.ROOT,
                                            "%,d rows in %s, %,d of them without text in '%s' and so without a vector",
                                            rows,
                                            out,
                                            without,
                                            column));
                    return 0;
                });
    }
}
