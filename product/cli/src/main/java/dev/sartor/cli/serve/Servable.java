package dev.sartor.cli.serve;

import dev.sartor.serve.ServedModels;
import java.util.List;

/// What `serve` puts behind the API. Closing it frees the models.
interface Servable extends AutoCloseable {
    ServedModels models();

    /// What is to be known at the start, a sentence each.
    default List<String> notes() {
        return List.of();
    }

    /// The names of chat models to tell at the start.
    default List<String> shown() {
        return models().chatNames();
    }

    @Override
    void close();
}
