package dev.sartor.cli;

import dev.sartor.hub.Caches;
import dev.sartor.hub.Gate;
import dev.sartor.hub.Hub;
import dev.sartor.hub.Use;
import dev.sartor.model.WeightCache;

/// What the commands are put together from. Nothing is opened before a command asks for it.
public record Composition(Console console, Surroundings surroundings) {
    Caches caches() {
        return Caches.at(surroundings.cache());
    }

    /// @param use what the models are for; a licence that does not allow it is refused, and one that must be accepted is
    ///     asked about once, on the terminal
    Hub hub(Use use) {
        var gate = surroundings.interactive() ? new TerminalGate(console) : Gate.closed();
        return Hub.open(caches(), use, gate);
    }

    /// Rounded weights of models that were loaded before.
    WeightCache weights() {
        return WeightCache.in(surroundings.cache().resolve("weights"));
    }

    /// For a command that takes long: `try (var interrupts = composition.interrupts()) { … interrupts.cancellation() … }`.
    Interrupts interrupts() {
        return Interrupts.listen(console);
    }
}
