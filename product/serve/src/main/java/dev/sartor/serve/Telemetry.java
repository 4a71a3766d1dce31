package dev.sartor.serve;

import java.net.URI;
import java.util.function.IntSupplier;

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

    /// Told once of a figure that is looked at now and then.
    ///
    /// @param kind what is counted: `chat` or `embeddings`
    default void watch(String name, String kind, IntSupplier now) {}

    @Override
    default void close() {}

    /// Keeps nothing.
    static Telemetry none() {
        return _ -> {};
    }
}
