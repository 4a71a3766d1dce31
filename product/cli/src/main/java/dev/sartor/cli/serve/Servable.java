package dev.sartor.cli.serve;

import dev.sartor.serve.ServedModels;

/// What `serve` puts behind the API. Closing it frees the models.
interface Servable extends AutoCloseable {
    ServedModels models();

    @Override
    void close();
}
