package dev.sartor.cli.data;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.EntityRecogniser;
import dev.sartor.generate.encoder.TokenClassifier;
import dev.sartor.hub.environment.Use;
import dev.sartor.tensor.DType;
import java.util.Optional;

/// The model that marks names, opened when it is first asked for. Not thread-safe.
final class LateRecogniser implements AutoCloseable {
    private final Composition composition;
    private final Use use;
    private final Optional<String> name;
    private Optional<EntityRecogniser> open = Optional.empty();

    /// @param name as the settings have it; empty where nobody asks
    LateRecogniser(Composition composition, Use use, Optional<String> name) {
        this.composition = composition;
        this.use = use;
        this.name = name;
    }

    EntityRecogniser recogniser() {
        if (open.isEmpty()) {
            var model = name.orElseThrow();
            var files = composition.hub(use).pull(model, composition.console());
            open = Optional.of(TokenClassifier.open(model, files.folder(), DType.BF16));
        }
        return open.get();
    }

    @Override
    public void close() {
        open.ifPresent(EntityRecogniser::close);
    }
}
