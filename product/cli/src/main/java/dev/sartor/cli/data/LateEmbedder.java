package dev.sartor.cli.data;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Embedder;
import dev.sartor.hub.environment.Use;
import dev.sartor.retrieve.index.HubEmbedders;
import java.util.Optional;

/// An embedder that is opened when it is first asked for, so that a command that goes by no vectors fetches none. Not thread-safe.
final class LateEmbedder implements AutoCloseable {
    static final String USUAL = "all-minilm-l6-v2";

    private final Composition composition;
    private final Use use;
    private final String name;
    private Optional<Embedder> open = Optional.empty();

    LateEmbedder(Composition composition, Use use, String name) {
        this.composition = composition;
        this.use = use;
        this.name = name;
    }

    Embedder embedder() {
        if (open.isEmpty()) {
            var embedders = new HubEmbedders(composition.hub(use), composition.console());
            open = Optional.of(embedders.open(name));
        }
        return open.get();
    }

    @Override
    public void close() {
        open.ifPresent(Embedder::close);
    }
}
