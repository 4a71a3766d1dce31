package dev.sartor.cli.audit;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.state.audit.KeptEntries;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description =
                "Show entries of a log, the newest of those that are meant, the oldest first.",
        footer = {
            "",
            "Example: sartor audit query audit --tenant acme --since 24h --status 4",
            "         sartor audit query audit --document handbook.md --limit 1000 --json"
        })
final class AuditQueryCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder of a log.")
    Path folder = Path.of("");

    @Mixin AuditFilterOptions meant = new AuditFilterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many to show, 1 to 100000 (default: ${DEFAULT-VALUE}).")
    int limit = 50;

    @Option(names = "--json", description = "Print them as JSON.")
    boolean json;

    AuditQueryCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > 100_000) {
            throw SartorException.user(
                    "--limit must be 1 to 100000, got "
                            + limit
                            + ": `sartor audit export` writes all of them.");
        }
        var newest = new ArrayDeque<KeptEntries.Kept>();
        var count = new long[1];
        KeptEntries.read(
                folder,
                meant.filter(),
                entry -> {
                    count[0]++;
                    newest.add(entry);
                    if (newest.size() > limit) {
                        newest.remove();
                    }
                });
        show(newest);
        if (count[0] > newest.size()) {
            composition
                    .console()
                    .say(
                            "The newest "
                                    + newest.size()
                                    + " of "
                                    + count[0]
                                    + "; --limit shows more.");
        }
        return 0;
    }

    private void show(ArrayDeque<KeptEntries.Kept> entries) {
        if (json) {
            var all = Json.mapper().createArrayNode();
            entries.forEach(entry -> all.add(entry.json()));
            composition.console().print(Json.pretty(all));
            return;
        }
        var table = new Table("TIME", "WHO", "KEY", "ACTION", ">STATUS", "MODEL", "DOCUMENTS");
        for (var entry : entries) {
            table.row(
                    entry.text("time").orElse("-"),
                    entry.names("who").isEmpty() ? "-" : String.join(",", entry.names("who")),
                    entry.text("key").orElse("-"),
                    entry.text("action").orElse("-"),
                    entry.status(),
                    entry.text("model").orElse("-"),
                    entry.names("documents").isEmpty()
                            ? "-"
                            : String.join(",", entry.names("documents")));
        }
        composition.console().print(table.toString());
    }
}
