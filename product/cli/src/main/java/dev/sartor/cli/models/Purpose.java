package dev.sartor.cli.models;

import dev.sartor.hub.catalogue.Ability;
import java.util.Set;

/// What a model is to do; in lower case, as it stands on the command line.
enum Purpose {
    /// Say which label fits.
    classify,
    /// Write an answer.
    answer,
    /// Turn texts into vectors.
    embed;

    /// Of which one is enough.
    Set<Ability> abilities() {
        return switch (this) {
            case classify ->
                    Set.of(Ability.CHAT, Ability.INSTRUCT, Ability.TEXT, Ability.CLASSIFICATION);
            case answer -> Set.of(Ability.CHAT, Ability.INSTRUCT);
            case embed -> Set.of(Ability.EMBEDDING);
        };
    }
}
