package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.curate.Labelling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "label",
        description = {
            "Choose the rows to label next, and write them as a table to fill in.",
            "",
            "Rows without a label, or with a blank one, are chosen from. From 60 labelled rows on the strategies are tried on these,"
                    + " random among them, and the best one chooses."
        },
        footer = {
            "",
            "Example: sartor data label rows.jsonl --count 100 --out next.csv",
            "         sartor data label labelled.jsonl more.jsonl --strategy badge --out next.csv"
        })
final class DataLabelCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Rows, of which some have a label.")
    List<Path> files = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many rows (default: ${DEFAULT-VALUE}).")
    int count = 100;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description =
                    "random, least_confidence, margin, entropy, k_center, k_means, badge or typical (default: the best one on"
                            + " the labelled rows).")
    Optional<String> strategy = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "CSV",
            description = "The table, with a blank column 'label' (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("next.csv");

    @Option(names = "--json", description = "Print what was chosen as JSON, and write no table.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    @Mixin EmbedderOption embedder = new EmbedderOption();

    @Mixin SeedOption chance = new SeedOption();

    @Mixin UseOption use = new UseOption();

    DataLabelCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (!json && Files.exists(out)) {
            throw SartorException.user(
                    out
                            + " is there already, perhaps with labels that were filled in: name another --out.");
        }
        var console = composition.console();
        try (var work = RowWork.open(composition, columns, embedder.orUsual(), use.use)) {
            var chosen =
                    new Labelling(work.source(), chance.seed, work::embedder)
                            .choose(files, count, strategy);
            if (json) {
                console.print(Json.pretty(chosen));
                return 0;
            }
            Labelling.write(chosen, out);
            console.print(text(chosen));
        }
        return 0;
    }

    private String text(Labelling.Chosen chosen) {
        var text = new StringBuilder();
        chosen.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        if (!chosen.tried().isEmpty()) {
            var table = new Table("STRATEGY", ">ACCURACY");
            chosen.tried()
                    .forEach(each ->
                            table.row(
                                    each.strategy(),
                                    String.format(Locale.ROOT, "%.3f", each.accuracy())));
            text.append(table).append("\n\n");
        }
        if (!chosen.gains().isEmpty()) {
            text.append(
                            "each further hundred labels, of rows drawn by chance, is expected to bring ")
                    .append(
                            chosen.gains().stream()
                                    .map(each -> String.format(Locale.ROOT, "%+.1f", 100 * each))
                                    .collect(Collectors.joining(", ")))
                    .append(" points of accuracy (logistic regression).\n\n");
        }
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d rows without a label were chosen by %s; %,d have one. Fill in the column 'label' of %s.",
                                chosen.rows().size(),
                                chosen.unlabelled(),
                                chosen.strategy(),
                                chosen.labelled(),
                                out))
                .toString();
    }
}
