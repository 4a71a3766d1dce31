package dev.sartor.cli.keys;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.Span;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import dev.sartor.serve.Scope;
import dev.sartor.state.KeyGrant;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = {
            "Make a key, and print it: the only time that it is shown.",
            "Stored is its SHA-256, who holds it, and what it is for."
        },
        footer = {
            "",
            "Example: sartor keys create --state state.db --user ann --groups sales,support --tenant acme --expires 90d",
            "         sartor keys create --state state.db --user monitor --scopes metrics"
        })
final class KeysCreateCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--user", paramLabel = "USER", description = "Who holds it.")
    Optional<String> user = Optional.empty();

    @Option(
            names = "--groups",
            split = ",",
            paramLabel = "GROUP",
            description = "The groups that the user is in.")
    List<String> groups = List.of();

    @Option(names = "--tenant", paramLabel = "TENANT", description = "The tenant of the user.")
    Optional<String> tenant = Optional.empty();

    @Option(
            names = "--scopes",
            split = ",",
            paramLabel = "SCOPE",
            description =
                    "What it is for: infer, embed, search, tune, admin, metrics (default: infer, embed, search,"
                            + " metrics).")
    List<String> scopes = List.of();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description =
                    "When it ceases to hold: 90d, 24h, 30m from now, or a day such as 2027-03-31 (default: never).")
    Optional<String> expires = Optional.empty();

    @Option(names = "--json", description = "Print the key and what is stored of it as JSON.")
    boolean json;

    KeysCreateCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var now = Clock.systemUTC().instant();
        var grant =
                new KeyGrant(
                        user,
                        groups,
                        tenant,
                        scopes.isEmpty() ? Scope.usual() : Scope.of(scopes),
                        expires.map(text -> Span.from(now, "--expires", text)));
        var made = state.open().keys().create(grant);
        var console = composition.console();
        if (json) {
            console.print(Json.pretty(KeyText.json(made.key(), now).put("key", made.secret())));
            return 0;
        }
        console.print(made.secret());
        console.say(
                made.key().id()
                        + " is for "
                        + KeyText.holder(made.key())
                        + ": "
                        + String.join(", ", KeyText.scopes(made.key()))
                        + made.key()
                                .grant()
                                .expires()
                                .map(end -> ", until " + KeyText.time(end) + " UTC")
                                .orElse("")
                        + ". The key is shown this once.");
        return 0;
    }
}
