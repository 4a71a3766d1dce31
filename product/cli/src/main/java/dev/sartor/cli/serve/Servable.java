package dev.sartor.cli.serve;

import dev.sartor.serve.AdapterStore;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What `serve` puts behind the API. Closing it frees the models.
interface Servable extends AutoCloseable {
    ServedModels models();

    /// Where callers attach adapters; empty where they cannot.
    default Optional<AdapterStore> adapters() {
        return Optional.empty();
    }

    /// What is to be known at the start, a sentence each.
    default List<String> notes() {
        return List.of();
    }

    /// The names of chat models to tell at the start.
    default List<String> shown() {
        return models().chatNames();
    }

    /// The model with the adapter of a folder on; empty where it takes none.
    default Optional<Function<Path, ServedModel>> adapted() {
        return Optional.empty();
    }

    @Override
    void close();
}
