package dev.sartor.spark.command;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.evaluate.Metric;
import dev.sartor.spark.Sartor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "score",
        description =
                "Add how good each row's answer is in `score`. Rows without an answer or a reference are kept without one.",
        footer = {
            "",
            "Example: sartor table score --spark local[4] answers --reference-column reference --metric token_f1 --out scored"
        })
final class TableScoreCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "TABLE", arity = "1..*", description = "Files or folders of rows.")
    List<String> tables = List.of();

    @Option(
            names = "--answer-column",
            paramLabel = "NAME",
            description = "The column of the answer (default: ${DEFAULT-VALUE}).")
    String answer = Sartor.ANSWER;

    @Option(
            names = "--reference-column",
            paramLabel = "NAME",
            description = "The column of the reference, or of several (default: ${DEFAULT-VALUE}).")
    String reference = "reference";

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description = "As of `sartor evaluate` (default: ${DEFAULT-VALUE}).")
    String metric = "exact_match";

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "A new folder for the result, as Parquet.")
    String out = "";

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    @Mixin TableFiles files = new TableFiles();

    @Mixin SparkOptions spark = new SparkOptions();

    TableScoreCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var scored = Sartor.score(answer, reference, metric);
        return TableWork.in(
                () -> spark.open("score", console),
                session -> {
                    TableFiles.refuseIfThere(session, out);
                    var made = files.read(session, tables).transform(scored);
                    var found =
                            TableFiles.written(made, out)
                                    .agg(
                                            functions.count(functions.lit(1)),
                                            functions.count(Sartor.SCORE),
                                            functions.avg(Sartor.SCORE))
                                    .first();
                    long rows = found.getLong(0);
                    long with = found.getLong(1);
                    var fields = new LinkedHashMap<String, Object>();
                    fields.put("rows", rows);
                    fields.put("without_score", rows - with);
                    var text =
                            String.format(
                                    Locale.ROOT,
                                    "%,d rows in %s, %,d of them without a score",
                                    rows,
                                    out,
                                    rows - with);
                    if (with > 0 && Metric.named(metric).isMean()) {
                        fields.put(metric, found.getDouble(2));
                        text +=
                                String.format(
                                        Locale.ROOT, "; mean %s %.4f", metric, found.getDouble(2));
                    }
                    console.print(json ? Json.line(fields) : text);
                    return 0;
                });
    }
}
