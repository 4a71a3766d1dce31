package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.curate.Mixing;
import dev.sartor.curate.MixtureShareSearch;
import dev.sartor.project.curation.MixtureSettings;
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
        name = "mix",
        description = {
            "Mix several sets of rows into one to train on: weights, caps, temperature, templates.",
            "",
            "A YAML file names the sets, and paths in it are taken from its folder. The result is mixture.jsonl and mixture.json,"
                    + " which says what each set gave."
        },
        footer = {
            "",
            "Example: sartor data mix mixture.yaml --out mixed",
            "         sartor data mix mixture.yaml --search validation.jsonl",
            "",
            "  rows: 10000",
            "  temperature: 2",
            "  sets:",
            "    - name: route",
            "      files: [route/train.jsonl]",
            "      templates:",
            "        - {user: \"{{ text }}\", assistant: \"{{ label }}\"}",
            "    - {name: general, files: [general.jsonl], weight: 0.5}"
        })
final class DataMixCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "YAML", description = "Names the sets, and how they are mixed.")
    Path file = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", description = "A new folder.")
    Optional<Path> out = Optional.empty();

    @Option(
            names = "--search",
            paramLabel = "FILE",
            description =
                    "Mix nothing, and look for the shares of the sets that suit these rows of the task, by small trainings. May be"
                            + " repeated.")
    List<Path> search = List.of();

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    @Mixin EmbedderOption embedder = new EmbedderOption();

    @Mixin UseOption use = new UseOption();

    DataMixCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        if (search.isEmpty() == out.isEmpty()) {
            throw SartorException.user(
                    "name the mixture's new folder with --out, or the task's rows with --search, one of the two.");
        }
        try (var work = RowWork.open(composition, columns, embedder.orUsual(), use.use)) {
            var settings = MixtureSettings.read(file);
            if (out.isPresent()) {
                var report = new Mixing(work.source(), settings).mix(out.get());
                console.print(json ? Json.pretty(report) : text(report, out.get()));
            } else {
                var found =
                        new MixtureShareSearch(work.source(), settings, work::embedder)
                                .search(search);
                console.print(json ? Json.pretty(found) : text(found));
            }
        }
        return 0;
    }

    private static String text(MixtureShareSearch.Report found) {
        var table = new Table("SET", ">SHARE", ">WEIGHT");
        found.shares()
                .forEach((set, share) ->
                        table.row(
                                set,
                                String.format(Locale.ROOT, "%.1f %%", 100 * share),
                                String.format(Locale.ROOT, "%.4f", found.weights().get(set))));
        return table
                + String.format(
                        Locale.ROOT,
                        """


                        %d trainings of a %s on %,d rows each; what the regression foretells and what was measured have a rank correlation of %.2f
                        %s
                        To have these shares, write the weights into the file, with temperature 1 and without a cap.\
                        """,
                        found.trainings(),
                        found.learner(),
                        found.rows(),
                        found.rankCorrelation(),
                        gain(found));
    }

    private static String gain(MixtureShareSearch.Report found) {
        boolean isShare = found.metric().equals("accuracy");
        double scale = isShare ? 100 : 1;
        return String.format(
                Locale.ROOT,
                isShare
                        ? "accuracy on %,d rows: these shares %.3f, the sets by their sizes %.3f, %+.1f points, 95 %% interval %+.1f to %+.1f"
                        : "log-probability of a word on %,d rows: these shares %.3f, the sets by their sizes %.3f, %+.3f nats, 95 %% interval %+.3f to %+.3f",
                found.tests(),
                found.found(),
                found.bySize(),
                scale * found.difference(),
                scale * found.low(),
                scale * found.high());
    }

    private static String text(Mixing.Report report, Path out) {
        var table = new Table("SET", ">SIZE", ">SHARE", ">ROWS", ">EPOCHS");
        report.parts()
                .forEach(each ->
                        table.row(
                                each.set(),
                                String.format(Locale.ROOT, "%,d", each.size()),
                                String.format(Locale.ROOT, "%.1f %%", 100 * each.share()),
                                String.format(Locale.ROOT, "%,d", each.rows()),
                                String.format(Locale.ROOT, "%.2f", each.epochs())));
        var text = new StringBuilder(table.toString()).append("\n\n");
        report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%,d rows in %s.",
                                report.result().rows(),
                                out.resolve(report.result().file())))
                .toString();
    }
}
