package dev.sartor.cli.keys;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List the keys that were made, the oldest first; times are in UTC.",
        footer = {"", "Example: sartor keys list --state state.db --tenant acme"})
final class KeysListCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Those of one tenant alone.")
    Optional<String> tenant = Optional.empty();

    @Option(names = "--json", description = "Print them as JSON.")
    boolean json;

    KeysListCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var now = Clock.systemUTC().instant();
        var table =
                new Table(
                        "ID", "USER", "GROUPS", "TENANT", "SCOPES", "CREATED", "EXPIRES", "STATUS");
        var all = Json.mapper().createArrayNode();
        for (var key : state.open().keys().list()) {
            var grant = key.grant();
            if (tenant.isPresent() && !tenant.equals(grant.tenant())) {
                continue;
            }
            all.add(KeyText.json(key, now));
            table.row(
                    key.id(),
                    grant.user().orElse("-"),
                    grant.groups().isEmpty() ? "-" : String.join(",", grant.groups()),
                    grant.tenant().orElse("-"),
                    String.join(",", KeyText.scopes(key)),
                    KeyText.time(key.created()),
                    KeyText.time(grant.expires()),
                    KeyText.status(key, now));
        }
        composition.console().print(json ? Json.pretty(all) : table.toString());
        return 0;
    }
}
