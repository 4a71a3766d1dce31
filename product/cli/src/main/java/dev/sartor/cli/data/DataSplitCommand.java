package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.curate.Splitting;
import dev.sartor.evaluate.statistics.SampleSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "split",
        description = {
            "Split rows into training, validation and test, so that the test measures what it should.",
            "",
            "Near duplicates stay on one side, and so do rows of a group; each label has its share in each split. How large a"
                    + " test must be `sartor plan` says."
        },
        footer = {
            "",
            "Example: sartor data split rows.jsonl --out data --test 0.2",
            "         sartor data split rows.csv --out data --test 500 --validation 200 --group customer",
            "         sartor data split rows.jsonl --out data --test-margin 0.05",
            "         sartor data split log.jsonl --out data --time received"
        })
final class DataSplitCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with rows, or folders.")
    List<Path> files = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description =
                    "A new folder for train.jsonl, validation.jsonl, test.jsonl and split.json.")
    Path out = Path.of("");

    @Option(
            names = "--train",
            paramLabel = "SIZE",
            description = "A share such as 0.7, or a number of rows (default: the rest).")
    Optional<String> train = Optional.empty();

    @Option(
            names = "--validation",
            paramLabel = "SIZE",
            description = "Likewise (default: ${DEFAULT-VALUE}).")
    String validation = "0.1";

    @Option(
            names = "--test",
            paramLabel = "SIZE",
            description = "Likewise (default: 0.2, or what --test-margin asks for).")
    Optional<String> test = Optional.empty();

    @Option(
            names = "--test-margin",
            paramLabel = "SHARE",
            description = {
                "A test large enough to show that one of two candidates is at most so much worse, such as 0.05, as `sartor plan`"
                        + " counts: 20 %% disagreement, 80 %% power."
            })
    Optional<Double> margin = Optional.empty();

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description =
                    "A field of which rows with an equal value stay together. May be repeated.")
    List<String> groups = List.of();

    @Option(
            names = "--time",
            paramLabel = "NAME",
            description = "A field of dates or numbers: the latest rows are the test.")
    Optional<String> time = Optional.empty();

    @Option(
            names = "--near",
            paramLabel = "SHARE",
            description =
                    "From which similarity on rows are near duplicates, 0.7 to 1 (default: ${DEFAULT-VALUE}).")
    double near = 0.8;

    @Option(names = "--no-near", description = "Near duplicates may stand on both sides.")
    boolean noNear;

    @Option(
            names = "--no-stratify",
            description = "Labels need not have their share in each split.")
    boolean noStratify;

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    @Mixin SeedOption chance = new SeedOption();

    DataSplitCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        try (var work = RowWork.open(composition, columns)) {
            var settings =
                    new Splitting.Settings(
                            train,
                            validation,
                            testSize(),
                            !noStratify,
                            groups,
                            time,
                            noNear ? Optional.empty() : Optional.of(near),
                            chance.seed);
            var report = new Splitting(work.source()).split(files, settings, out);
            console.print(json ? Json.pretty(report) : text(report));
        }
        return 0;
    }

    private String testSize() {
        if (test.isPresent() && margin.isPresent()) {
            throw SartorException.user(
                    "--test and --test-margin both say how large the test is: leave one of them out.");
        }
        return margin.map(each -> String.valueOf(SampleSize.needed(each)))
                .or(() -> test)
                .orElse("0.2");
    }

    private String text(Splitting.Report report) {
        var table = new Table("SPLIT", ">ROWS", "FILE");
        report.files()
                .forEach((split, file) ->
                        table.row(
                                split,
                                String.format(Locale.ROOT, "%,d", file.rows()),
                                out.resolve(file.file())));
        var text = new StringBuilder(table.toString()).append("\n\n");
        text.append(
                String.format(
                        Locale.ROOT,
                        "%,d rows have a near duplicate, with which they stay.%n",
                        report.clustered()));
        report.gaps().stream()
                .limit(10)
                .forEach(each ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "warning: label %s has %+.1f points of the %s split beside its share of all rows%n",
                                        each.label(),
                                        each.points(),
                                        each.split())));
        report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString().stripTrailing();
    }
}
