package dev.sartor.cli.keys;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import dev.sartor.core.Json;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Take a key back: it lets nobody in from the next request on.",
        footer = {"", "Example: sartor keys revoke key-3f2a9c41d07b --state state.db"})
final class KeysRevokeCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "ID", description = "The id of a key.")
    String id = "";

    @Mixin StateOption state = new StateOption();

    @Option(names = "--json", description = "Print what is stored of it as JSON.")
    boolean json;

    KeysRevokeCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var key = state.open().keys().revoke(id);
        var console = composition.console();
        console.print(
                json
                        ? Json.pretty(KeyText.json(key, Clock.systemUTC().instant()))
                        : id
                                + " of "
                                + KeyText.holder(key)
                                + " is revoked since "
                                + KeyText.time(key.revoked())
                                + " UTC.");
        return 0;
    }
}
