package dev.sartor.cli.limits;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List the limits that were set, and prices of a million tokens.",
        footer = {"", "Example: sartor limits list --state state.db"})
final class LimitsListCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--json", description = "Print them as JSON.")
    boolean json;

    LimitsListCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var limits = state.open().limits();
        var whole = Json.mapper().createObjectNode();
        var all = whole.putArray("limits");
        var table = new Table("WHOSE", "REQUESTS/MIN", "TOKENS/MIN", "CONCURRENT", "BUDGET/MONTH");
        limits.all()
                .forEach((subject, each) -> {
                    all.add(LimitText.json(subject, each));
                    table.row(
                            subject.toString(),
                            LimitText.cell(each.requestsMinute()),
                            LimitText.cell(each.tokensMinute()),
                            LimitText.cell(each.concurrent()),
                            each.budget().isPresent()
                                    ? Money.text(each.budget().getAsLong())
                                    : "-");
                });
        var prices = whole.putArray("prices");
        var costs = new Table("MODEL", "PROMPT", "COMPLETION");
        for (var price : limits.prices()) {
            prices.addObject()
                    .put("model", price.model())
                    .put("prompt", Double.parseDouble(Money.price(price.prompt())))
                    .put("completion", Double.parseDouble(Money.price(price.completion())));
            costs.row(price.model(), Money.price(price.prompt()), Money.price(price.completion()));
        }
        composition.console().print(json ? Json.pretty(whole) : table + "\n" + costs);
        return 0;
    }
}
