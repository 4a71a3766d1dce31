package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.curate.CurveMeasurement;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "curve",
        description = {
            "Measure the learning curve of labelled rows, and forecast what more of them would bring.",
            "",
            "Logistic regression on the embedder's vectors learns from draws of several sizes; a power law goes through its"
                    + " accuracies. It tells what rows are worth to a cheap candidate; a tuned model's curve may be steeper."
        },
        footer = {
            "",
            "Example: sartor data curve train.jsonl --test validation.jsonl",
            "         sartor data curve rows.csv --label-column team --rows 2000 --json"
        })
final class DataCurveCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rows to learn from.")
    List<Path> files = List.of();

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "Rows to score on (default: a quarter of the rows, drawn by chance).")
    List<Path> tests = List.of();

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "N",
            description = "At how many rows to forecast (default: twice and four times as many).")
    List<Integer> rows = List.of();

    @Option(
            names = "--sizes",
            description =
                    "How many sizes, each half of the next one or nearer (default: ${DEFAULT-VALUE}).")
    int sizes = 5;

    @Option(names = "--draws", description = "Of each size (default: ${DEFAULT-VALUE}).")
    int draws = 8;

    @Option(names = "--json", description = "Print the curve as JSON.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    @Mixin EmbedderOption embedder = new EmbedderOption();

    @Mixin SeedOption chance = new SeedOption();

    @Mixin UseOption use = new UseOption();

    DataCurveCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        try (var work = RowWork.open(composition, columns, embedder.orUsual(), use.use)) {
            var found =
                    new CurveMeasurement(work.source(), sizes, draws, chance.seed, work::embedder)
                            .measure(files, tests, rows);
            console.print(json ? Json.pretty(found) : text(found));
        }
        return 0;
    }

    private static String text(CurveMeasurement.Found found) {
        var measured = new Table(">ROWS", ">DRAWS", ">ACCURACY");
        found.sizes()
                .forEach(each ->
                        measured.row(number(each.rows()), each.draws(), share(each.accuracy())));
        var forecast = new Table(">ROWS", ">EXPECTED", "95 %");
        found.forecasts()
                .forEach(each ->
                        forecast.row(
                                number(each.rows()),
                                share(each.accuracy()),
                                share(each.low()) + " to " + share(each.high())));
        var text = new StringBuilder();
        found.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.append(measured)
                .append("\n\n")
                .append(forecast)
                .append(
                        String.format(
                                Locale.ROOT,
                                "%n%nNo number of such rows brings more than %.3f, by the power law. Scored on %,d rows.",
                                found.ceiling(),
                                found.test()))
                .toString();
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
