package dev.sartor.spark.command;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.cli.option.WeightsOption;
import dev.sartor.core.Json;
import dev.sartor.model.Precision;
import dev.sartor.spark.AnswerSettings;
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
        name = "answer",
        description =
                "Add what a model says to each row's text in `answer`; where there is none, `answer_error` says why.",
        footer = {
            "",
            "Example: sartor table answer --spark local[4] tickets.parquet --model smollm2-135m-instruct --out answers",
            "         sartor table answer --spark local[4] tickets.parquet --model MODEL --labels billing,delivery --out routed"
        })
final class TableAnswerCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "TABLE", arity = "1..*", description = "Files or folders of rows.")
    List<String> tables = List.of();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column of the text (default: ${DEFAULT-VALUE}).")
    String column = "text";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            required = true,
            description = "A model that answers, or a folder that every machine has.")
    String model = "";

    @Option(
            names = "--instruction",
            paramLabel = "TEXT",
            description = "Said before each text, as the system's turn.")
    String instruction = "";

    @Option(
            names = "--labels",
            paramLabel = "LABEL,…",
            split = ",",
            description = "Each answer is one of these.")
    List<String> labels = List.of();

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Of a free answer at most (default: ${DEFAULT-VALUE}).")
    int maxTokens = 256;

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

    TableAnswerCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var used = new UsedModel(model, weights.or(Precision.F32), use.use);
        var settings = new AnswerSettings(instruction, labels, maxTokens);
        return TableWork.in(
                () -> spark.open("answer", console),
                session -> {
                    TableFiles.refuseIfThere(session, out);
                    var made =
                            files.read(session, tables)
                                    .transform(Sartor.answer(column, used, settings));
                    var counts =
                            TableFiles.written(made, out)
                                    .agg(
                                            functions.count(functions.lit(1)),
                                            functions.count(Sartor.ANSWER))
                                    .first();
                    long rows = counts.getLong(0);
                    long without = rows - counts.getLong(1);
                    console.print(
                            json
                                    ? Json.line(Map.of("rows", rows, "without_answer", without))
                                    : String.format(
                                            Locale.ROOT,
                                            "%,d rows in %s, %,d of them without an answer; `%s` says why",
                                            rows,
                                            out,
                                            without,
                                            Sartor.ANSWER_ERROR));
                    return 0;
                });
    }
}
