package dev.sartor.cli.data;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.curate.Selecting;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "select",
        description = {
            "Choose the rows that are the most like a task's, beside as many drawn by chance.",
            "",
            "Each of the task's rows in turn takes the nearest row that is left. Where rows have labels, logistic regression learns"
                    + " from what one half of the task's rows chose, and from rows drawn by chance, and the other half tells which is"
                    + " better."
        },
        footer = {
            "",
            "Example: sartor data select general.jsonl --like validation.jsonl --count 5000 --out selected"
        })
final class DataSelectCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rows to choose from.")
    List<Path> files = List.of();

    @Option(
            names = "--like",
            paramLabel = "FILE",
            required = true,
            description =
                    "The task's rows, such as its validation rows; never its test rows. May be repeated.")
    List<Path> like = List.of();

    @Option(names = "--count", paramLabel = "N", required = true, description = "How many rows.")
    int count;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A new folder.")
    Path out = Path.of("");

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    @Mixin EmbedderOption embedder = new EmbedderOption();

    @Mixin SeedOption chance = new SeedOption();

    @Mixin UseOption use = new UseOption();

    DataSelectCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        try (var work = RowWork.open(composition, columns, embedder.orUsual(), use.use)) {
            var report =
                    new Selecting(work.source(), chance.seed, work::embedder)
                            .select(files, like, count, out);
            console.print(json ? Json.pretty(report) : text(report));
        }
        return 0;
    }

    private String text(Selecting.Report report) {
        var text = new StringBuilder();
        report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        report.measured().ifPresent(each -> text.append(measured(each)));
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d rows in %s.",
                                report.chosen(),
                                report.rows(),
                                out.resolve(report.result().file())))
                .toString();
    }

    private static String measured(Selecting.Measured measured) {
        return String.format(
                Locale.ROOT,
                """
                accuracy on %,d rows: chosen %.3f, drawn by chance %.3f (%d draws), %+.1f points, 95 %% interval %+.1f to %+.1f
                %s

                """,
                measured.tests(),
                measured.chosen(),
                measured.random(),
                measured.draws(),
                100 * measured.difference(),
                100 * measured.low(),
                100 * measured.high(),
                switch (measured.finding()) {
                    case BETTER_THAN_CHANCE -> "choosing is better than chance here.";
                    case WORSE_THAN_CHANCE ->
                            "choosing is worse than chance here: draw the rows by chance.";
                    case NOT_SHOWN_TO_BE_BETTER ->
                            "choosing is not shown to be better than chance here.";
                });
    }
}
