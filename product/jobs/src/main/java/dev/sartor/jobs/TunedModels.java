package dev.sartor.jobs;

import dev.sartor.core.Principal;
import dev.sartor.serve.ModelSource;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.job.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What jobs have trained, each for its owner alone, from the moment on that its job is done. Thread-safe.
final class TunedModels {
    private final Map<String, Tuned> all = new ConcurrentSkipListMap<>();
    private final Function<Path, ServedModel> adapted;

    /// @param adapted the base model with the adapter of a folder on
    TunedModels(Function<Path, ServedModel> adapted) {
        this.adapted = adapted;
    }

    private record Tuned(Owner owner, Path adapter) {}

    void add(String name, Owner owner, Path adapter) {
        all.put(name, new Tuned(owner, adapter));
    }

    /// These, and behind them others.
    ModelSource before(ModelSource others) {
        return new ModelSource() {
            @Override
            public Optional<ServedModel> find(String name) {
                return others.find(name); // these are found by their owners alone
            }

            @Override
            public Optional<ServedModel> find(String name, Principal principal) {
                var tuned = Optional.ofNullable(all.get(name));
                return tuned.isEmpty()
                        ? others.find(name, principal)
                        : tuned.filter(each -> each.owner().equals(Owner.of(principal)))
                                .map(each -> adapted.apply(each.adapter()))
                                .filter(model -> model.readers().admit(principal));
            }

            @Override
            public List<String> names() {
                return Stream.concat(all.keySet().stream(), others.names().stream())
                        .distinct()
                        .toList();
            }
        };
    }
}
