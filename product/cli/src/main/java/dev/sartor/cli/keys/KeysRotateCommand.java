package dev.sartor.cli.keys;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.Span;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rotate",
        description = {
            "Make a new key with the rights of another, and print it; the other holds a while longer.",
            "A key that expires is followed by one that lasts as long as it was made for."
        },
        footer = {
            "",
            "Example: sartor keys rotate key-3f2a9c41d07b --state state.db --overlap 24h"
        })
final class KeysRotateCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "ID", description = "The id of a key that holds.")
    String id = "";

    @Mixin StateOption state = new StateOption();

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            description =
                    "How long the old key still holds (default: ${DEFAULT-VALUE}); 0 ends it at once.")
    String overlap = "24h";

    @Option(names = "--json", description = "Print the key and what is stored of it as JSON.")
    boolean json;

    KeysRotateCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var lasting = Span.of("--overlap", overlap);
        var now = Clock.systemUTC().instant();
        var made = state.open().keys().rotate(id, lasting);
        var console = composition.console();
        if (json) {
            console.print(Json.pretty(KeyText.json(made.key(), now).put("key", made.secret())));
            return 0;
        }
        console.print(made.secret());
        console.say(
                made.key().id()
                        + " follows "
                        + id
                        + (lasting.isZero()
                                ? ", which holds no more"
                                : ", which holds until "
                                        + KeyText.time(now.plus(lasting))
                                        + " UTC at most")
                        + ". The key is shown this once.");
        return 0;
    }
}
