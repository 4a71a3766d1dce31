package dev.sartor.tune.objective;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tune.optimiser.Parameters;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Nothing yet: for an objective that is only asked how large its passes are.
public record Untrained() implements Trainable {
    @Override
    public Adapters adapters() {
        return Adapters.none();
    }

    @Override
    public Optional<LoraAdapter> adapter() {
        return Optional.empty();
    }

    @Override
    public List<Parameters> parameters() {
        return List.of();
    }

    @Override
    public void refresh() {}

    @Override
    public void write(Path folder, String baseModel) {
        throw SartorException.defect("nothing was trained");
    }

    @Override
    public void close() {}
}
