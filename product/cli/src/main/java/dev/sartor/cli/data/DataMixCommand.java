package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.curate.Mixing;
import dev.sartor.project.curation.MixtureSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A new folder.")
    Path out = Path.of("");

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    DataMixCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var columns = new ColumnOptions();
        try (var work = RowWork.open(composition, columns)) {
            var report = new Mixing(work.source(), MixtureSettings.read(file)).mix(out);
            console.print(json ? Json.pretty(report) : text(report));
        }
        return 0;
    }

    private String text(Mixing.Report report) {
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
