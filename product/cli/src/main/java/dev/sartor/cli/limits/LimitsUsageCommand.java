package dev.sartor.cli.limits;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "usage",
        description = "Show what each key used of each model in a month (UTC), and what it cost.",
        footer = {
            "",
            "Example: sartor limits usage --state state.db --month 2026-12 --tenant acme --json"
        })
final class LimitsUsageCommand implements Callable<Integer> {
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

    private final Composition composition;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "Default: this month.")
    Optional<String> month = Optional.empty();

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Those of one tenant alone.")
    Optional<String> tenant = Optional.empty();

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    LimitsUsageCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        month.filter(text -> !MONTH.matcher(text).matches())
                .ifPresent(text -> {
                    throw SartorException.user(
                            "--month must be a year and a month, got '"
                                    + text
                                    + "': such as --month 2026-12.");
                });
        var limits = state.open().limits();
        var all = Json.mapper().createArrayNode();
        var table = new Table("TENANT", "KEY", "MODEL", "REQUESTS", "PROMPT", "COMPLETION", "COST");
        for (var used : limits.used(month.orElseGet(limits::month))) {
            if (tenant.isPresent() && !tenant.equals(used.tenant())) {
                continue;
            }
            var count = used.count();
            all.addObject()
                    .put("month", used.month())
                    .put("tenant", used.tenant().orElse(null))
                    .put("key", used.key().orElse(null))
                    .put("model", used.model())
                    .put("requests", count.requests())
                    .put("prompt_tokens", count.prompt())
                    .put("completion_tokens", count.completion())
                    .put("cost", Money.number(count.nanos()));
            table.row(
                    used.tenant().orElse("-"),
                    used.key().orElse("-"),
                    used.model(),
                    Long.toString(count.requests()),
                    Long.toString(count.prompt()),
                    Long.toString(count.completion()),
                    Money.text(count.nanos()));
        }
        composition.console().print(json ? Json.pretty(all) : table.toString());
        return 0;
    }
}
