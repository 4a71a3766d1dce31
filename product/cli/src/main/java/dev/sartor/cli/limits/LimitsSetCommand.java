package dev.sartor.cli.limits;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import dev.sartor.state.UsageLimits;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "set",
        description = {
            "Set the limits of a key or a tenant, in the place of those that it had.",
            "A request is counted with the most that it can take, its prompt and max_tokens, until it is answered."
        },
        footer = {
            "",
            "Example: sartor limits set --state state.db --tenant acme --tokens-per-minute 100000 --budget 25",
            "         sartor limits set --state state.db --key key-3f2a9c41d07b --requests-per-minute 60 --concurrent 2"
        })
final class LimitsSetCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin StateOption state = new StateOption();

    @Mixin SubjectOptions whose = new SubjectOptions();

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "Requests a minute; what is left fills up steadily.")
    Optional<Long> requests = Optional.empty();

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            description = "Tokens a minute, of prompts and answers together.")
    Optional<Long> tokens = Optional.empty();

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            description = "Requests that are answered at once; further ones wait.")
    Optional<Long> concurrent = Optional.empty();

    @Option(
            names = "--budget",
            paramLabel = "MONEY",
            description = "Money a calendar month (UTC), by the prices of `sartor limits price`.")
    Optional<BigDecimal> budget = Optional.empty();

    @Option(names = "--json", description = "Print the limits as JSON.")
    boolean json;

    LimitsSetCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var limits =
                new UsageLimits(
                        number(requests),
                        number(tokens),
                        number(concurrent),
                        number(budget.map(money -> Money.nanos("--budget", money))));
        var opened = state.open();
        var subject = whose.known(opened.keys());
        opened.limits().put(subject, limits);
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(LimitText.json(subject, limits))
                                : subject + ": " + LimitText.text(limits) + ".");
        return 0;
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
