package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.curate.Looking;
import dev.sartor.curate.look.Look;
import dev.sartor.curate.look.LookPage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "look",
        description = {
            "Look at rows: fields, lengths, labels, duplicates, and a map of the texts as a page.",
            "",
            "Lengths in tokens, the map and unusual rows are of a sample of 1,500 rows; all else is of all rows. Nothing is changed."
        },
        footer = {
            "",
            "Example: sartor data look train.jsonl",
            "         sartor data look train.csv test.csv --label-column team --page look.html",
            "         sartor data look code/ --json"
        })
final class DataLookCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files with rows, or folders; other text files are a row each.")
    List<Path> files = List.of();

    @Option(
            names = "--page",
            paramLabel = "HTML",
            description = "Where the page is written (default: ${DEFAULT-VALUE}).")
    Path page = Path.of("look.html");

    @Option(names = "--json", description = "Print what was found as JSON, and write no page.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    @Mixin EmbedderOption embedder = new EmbedderOption();

    @Mixin SeedOption chance = new SeedOption();

    @Mixin UseOption use = new UseOption();

    DataLookCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        try (var work = RowWork.open(composition, columns, embedder.orUsual(), use.use)) {
            var look = new Looking(work.source(), chance.seed, work::embedder).at(files);
            if (json) {
                console.print(Json.pretty(look));
                return 0;
            }
            AtomicFile.write(page, LookPage.of(look, title()));
            console.print(text(look) + "\nThe page: " + page);
        }
        return 0;
    }

    private String title() {
        return files.stream()
                .map(each -> String.valueOf(each.getFileName()))
                .collect(Collectors.joining(", "));
    }

    private static String text(Look look) {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%,d rows in %,d files; %,d have the text of an earlier one; %d texts have several labels%s.%n",
                        look.rows(),
                        look.files().size(),
                        look.duplicates(),
                        look.contradictions().size(),
                        look.contradictions().size() == 20 ? " or more" : ""));
        var lengths = new Table("LENGTH IN", ">LEAST", ">MEDIAN", ">95 %", ">MOST");
        row(lengths, "characters", look.characters());
        row(lengths, "words", look.words());
        row(lengths, "tokens", look.tokens());
        text.append('\n').append(lengths).append("\n\n");
        var fields = new Table("FIELD", ">ROWS", "HOLDS", "SUCH AS");
        look.fields().stream()
                .limit(30)
                .forEach(each ->
                        fields.row(
                                each.name(),
                                String.format(Locale.ROOT, "%,d", each.rows()),
                                String.join(", ", each.kinds()),
                                each.example()));
        text.append(fields).append('\n');
        if (look.fields().size() > 30) {
            text.append("and ").append(look.fields().size() - 30).append(" more fields\n");
        }
        if (!look.labels().isEmpty()) {
            text.append('\n').append(labels(look.labels())).append('\n');
        }
        look.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    private static String labels(List<Look.LabelCount> labels) {
        var table = new Table("LABEL", ">ROWS");
        labels.stream()
                .limit(20)
                .forEach(each ->
                        table.row(each.label(), String.format(Locale.ROOT, "%,d", each.rows())));
        return table
                + (labels.size() > 20
                        ? String.format(
                                Locale.ROOT,
                                "%nand %d more labels, the rarest with %,d rows",
                                labels.size() - 20,
                                labels.getLast().rows())
                        : "");
    }

    private static void row(Table table, String name, Look.Spread spread) {
        table.row(
                name,
                number(spread.least()),
                number(spread.median()),
                number(spread.p95()),
                number(spread.most()));
    }

    private static String number(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }
}
