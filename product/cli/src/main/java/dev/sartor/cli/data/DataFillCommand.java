package dev.sartor.cli.data;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.curate.FilledTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fill",
        description = {
            "Put the labels of tables that people have filled in into the rows.",
            "",
            "The rows are named as they were for `sartor data label`. Rows that have a label keep it; one that differs from a table's is"
                    + " refused."
        },
        footer = {"", "Example: sartor data fill rows.jsonl --table next.csv --out labelled.jsonl"})
final class DataFillCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The rows.")
    List<Path> files = List.of();

    @Option(
            names = "--table",
            paramLabel = "CSV",
            required = true,
            description = "A table with its column 'label' filled in. May be repeated.")
    List<Path> tables = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "A new file for all the rows, JSONL.")
    Path out = Path.of("");

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "The field that takes the label (default: label).")
    Optional<String> labelColumn = Optional.empty();

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    DataFillCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (Files.exists(out)) {
            throw SartorException.user(out + " is there already: name another --out.");
        }
        var console = composition.console();
        var columns = new ColumnOptions();
        columns.label = labelColumn;
        try (var work = RowWork.open(composition, columns)) {
            var filled = FilledTables.fill(work.source(), files, tables, out);
            console.print(
                    json
                            ? Json.pretty(filled)
                            : String.format(
                                    Locale.ROOT,
                                    "%,d of %,d rows took a label; all of them are in %s.",
                                    filled.filled(),
                                    filled.result().rows(),
                                    out));
        }
        return 0;
    }
}
