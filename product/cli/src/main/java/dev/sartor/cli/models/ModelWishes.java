package dev.sartor.cli.models;

import dev.sartor.hub.catalogue.Ability;
import dev.sartor.hub.environment.Use;
import java.util.Optional;
import java.util.Set;

/// What a model must be.
///
/// @param memory in bytes, that answering may take
/// @param licence an SPDX identifier, or the catalogue's word
/// @param use what the licence must allow
/// @param languages that it must know, as ISO 639-1
/// @param needs all of which it must be able to do
/// @param any of which it must be able to do one; empty where it does not matter
record ModelWishes(
        long memory,
        Optional<String> licence,
        Use use,
        Set<String> languages,
        Set<Ability> needs,
        Set<Ability> any) {
    ModelWishes {
        languages = Set.copyOf(languages);
        needs = Set.copyOf(needs);
        any = Set.copyOf(any);
    }

    boolean fulfils(ModelSuggestion model) {
        return model.memory().inference() <= memory
                && licence.filter(l -> !l.equalsIgnoreCase(model.licence().id())).isEmpty()
                && model.licence().uses().contains(use)
                && model.languages().containsAll(languages)
                && model.abilities().containsAll(needs)
                && (any.isEmpty() || model.abilities().stream().anyMatch(any::contains));
    }
}
