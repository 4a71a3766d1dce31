package dev.sartor.cli.option;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.console.Interrupts;
import dev.sartor.cli.console.Surroundings;
import dev.sartor.cli.console.TerminalGate;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.file.WeightCache;

/// What the commands are put together from. Nothing is opened before a command asks for it.
public record Composition(Console console, Surroundings surroundings) {
    Caches caches() {
        return Caches.at(surroundings.cache());
    }

    /// @param use what the models are for; a licence that does not allow it is refused, and one that must be accepted is
    ///     asked about once, on the terminal
    public Hub hub(Use use) {
        var gate = surroundings.interactive() ? new TerminalGate(console) : Gate.closed();
        return Hub.open(caches(), use, gate);
    }

    /// Rounded weights of models that were loaded before.
    public WeightCache weights() {
        return WeightCache.in(surroundings.cache().resolve("weights"));
    }

    /// For a command that takes long: `try (var interrupts = composition.interrupts()) { … interrupts.cancellation() … }`.
    public Interrupts interrupts() {
        return Interrupts.listen(console);
    }
}
