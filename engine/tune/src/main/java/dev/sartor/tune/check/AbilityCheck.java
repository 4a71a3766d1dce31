package dev.sartor.tune.check;

import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tune.Ability;
import java.util.Optional;

/// Measures what the model can do beside its task, on questions that stay the same. Called on the trainer's own thread.
@FunctionalInterface
public interface AbilityCheck {
    /// @param adapter on which the training works; empty where the network itself is trained
    Ability measure(Optional<LoraAdapter> adapter);

    /// Tokens whose keys and values a measurement holds at most; 0 where nothing is decoded.
    ///
    /// @param longest tokens of the longest training row
    default long tokens(int longest) {
        return 0;
    }
}
