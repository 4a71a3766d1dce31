package dev.sartor.cli.limits;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import dev.sartor.state.TokenPrice;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "price",
        description =
                "Say what a million tokens of a model cost, for budgets and for what was used from now on.",
        footer = {
            "",
            "Example: sartor limits price '*' --state state.db --prompt 0.15 --completion 0.60"
        })
final class LimitsPriceCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model as clients name it; * for each that has no price of its own.")
    String model = "";

    @Mixin StateOption state = new StateOption();

    @Option(
            names = "--prompt",
            required = true,
            paramLabel = "MONEY",
            description = "A million tokens of prompts.")
    BigDecimal prompt = BigDecimal.ZERO;

    @Option(
            names = "--completion",
            required = true,
            paramLabel = "MONEY",
            description = "A million tokens of answers.")
    BigDecimal completion = BigDecimal.ZERO;

    LimitsPriceCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var price =
                new TokenPrice(
                        model,
                        Money.price("--prompt", prompt),
                        Money.price("--completion", completion));
        state.open().limits().put(price);
        composition
                .console()
                .say(
                        model
                                + ": "
                                + Money.price(price.prompt())
                                + " a million tokens of prompts, "
                                + Money.price(price.completion())
                                + " of answers.");
        return 0;
    }
}
