package dev.sartor.cli.limits;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.StateOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "remove",
        description = "Take the limits of a key or a tenant away; those of each hold for it then.",
        footer = {"", "Example: sartor limits remove --state state.db --tenant acme"})
final class LimitsRemoveCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin StateOption state = new StateOption();

    @Mixin SubjectOptions whose = new SubjectOptions();

    LimitsRemoveCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var subject = whose.subject();
        state.open().limits().remove(subject);
        composition.console().say(subject + " has no limits of its own any more.");
        return 0;
    }
}
