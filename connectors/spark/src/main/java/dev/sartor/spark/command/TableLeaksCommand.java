package dev.sartor.spark.command;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.spark.Sartor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "leaks",
        description = {
            "Look for test rows that also stand in a table, as they are or nearly, as `sartor data leaks` does.",
            "",
            "Exits 1 where there are any. The result has the pairs: `test` and `other`, the rows' numbers from 0, `kind` and"
                    + " `score`. The test rows must fit into each executor's memory; the table may be of any size."
        },
        footer = {
            "",
            "Example: sartor table leaks --spark local[4] test.parquet --against crawl.parquet --column text"
        })
final class TableLeaksCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "TEST",
            arity = "1..*",
            description = "Files or folders of the rows that are looked for.")
    List<String> tests = List.of();

    @Option(
            names = "--against",
            paramLabel = "TABLE",
            required = true,
            description = "The rows among which they must not be. May be repeated.")
    List<String> against = List.of();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column of the text, in both (default: ${DEFAULT-VALUE}).")
    String column = "text";

    @Option(
            names = "--threshold",
            paramLabel = "SHARE",
            description = "How alike near rows are at least, 0.6 to 1 (default: ${DEFAULT-VALUE}).")
    double threshold = 0.8;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "A new folder for the pairs, as Parquet.")
    Optional<String> out = Optional.empty();

    @Option(names = "--json", description = "Print the counts as JSON.")
    boolean json;

    @Mixin TableFiles files = new TableFiles();

    @Mixin SparkOptions spark = new SparkOptions();

    TableLeaksCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        return TableWork.in(
                () -> spark.open("leaks", console),
                session -> {
                    out.ifPresent(folder -> TableFiles.refuseIfThere(session, folder));
                    var looked = files.read(session, tests);
                    var found =
                            files.read(session, against)
                                    .transform(Sartor.leaks(looked, column, threshold));
                    out.ifPresent(folder -> TableFiles.written(found, folder));
                    long leaking = found.agg(functions.countDistinct("test")).first().getLong(0);
                    long pairs = found.count();
                    long rows = looked.count();
                    console.print(
                            json
                                    ? Json.line(
                                            Map.of(
                                                    "rows", rows, "leaking", leaking, "pairs",
                                                    pairs))
                                    : String.format(
                                            Locale.ROOT,
                                            "%,d of %,d test rows also stand in the table, in %,d pairs",
                                            leaking,
                                            rows,
                                            pairs));
                    return leaking == 0 ? 0 : 1;
                });
    }
}
