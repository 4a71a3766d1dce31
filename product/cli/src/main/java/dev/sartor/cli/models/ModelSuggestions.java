package dev.sartor.cli.models;

import dev.sartor.hub.Hub;
import dev.sartor.hub.catalogue.Ability;
import dev.sartor.hub.catalogue.KnownModel;
import dev.sartor.hub.catalogue.ModelDescription;
import dev.sartor.model.memory.ModelShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Chooses among the models of the catalogue and of the cache.
record ModelSuggestions(Hub hub) {
    /// The smallest first; of the same size, what is here first.
    List<ModelSuggestion> of(ModelWishes wishes) {
        return all().stream()
                .filter(wishes::fulfils)
                .sorted(
                        Comparator.comparingLong((ModelSuggestion m) -> m.shape().parameters())
                                .thenComparing(m -> !m.here())
                                .thenComparing(ModelSuggestion::name))
                .toList();
    }

    private List<ModelSuggestion> all() {
        var all = new ArrayList<ModelSuggestion>();
        var named = new HashSet<String>();
        var sizes = new ModelSizes(hub);
        for (var model : hub.list()) {
            var known = sizes.known(model);
            known.ifPresent(k -> named.add(k.repository()));
            sizes.here(model).flatMap(shape -> suggestion(model, shape, known)).ifPresent(all::add);
        }
        for (var known : hub.catalogue().known()) {
            if (!named.contains(known.repository())) {
                all.add(suggestion(known));
            }
        }
        return all;
    }

    /// Of a model that only the cache knows nothing is certain but its sizes.
    private static Optional<ModelSuggestion> suggestion(
            ModelDescription model, ModelShape shape, Optional<KnownModel> known) {
        var abilities =
                known.map(KnownModel::abilities)
                        .orElse(
                                shape.decodes()
                                        ? Set.of(Ability.TEXT)
                                        : Set.of(Ability.CLASSIFICATION));
        return Optional.of(
                new ModelSuggestion(
                        model.name(),
                        shape,
                        known.map(KnownModel::context).orElse(shape.context()),
                        model.licence(),
                        abilities,
                        known.map(KnownModel::languages).orElse(Set.of()),
                        model.complete()));
    }

    private static ModelSuggestion suggestion(KnownModel known) {
        return new ModelSuggestion(
                known.repository(),
                ModelSizes.shape(known),
                known.context(),
                known.licence(),
                known.abilities(),
                known.languages(),
                false);
    }
}
