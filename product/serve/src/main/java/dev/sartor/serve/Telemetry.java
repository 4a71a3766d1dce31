package dev.sartor.serve;

import java.net.URI;

/// Where it is told how long each request took, and what in it. Thread-safe. What it does with it must take no time and throw
/// nothing: the caller's answer does not wait for it, and does not hang on it.
@FunctionalInterface
public interface Telemetry extends AutoCloseable {
    /// Told of requests of callers who were let in, once each is answered.
    void tell(TracedRequest request);

    /// Told once, when the server listens.
    ///
    /// @param address where the server listens
    default void serving(URI address) {}

    @Override
    default void close() {}

    /// Keeps nothing.
    static Telemetry none() {
        return _ -> {};
    }
}
