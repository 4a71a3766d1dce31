package dev.sartor.serve;

import java.util.Optional;

/// The version of an adapter that a model answers with. Thread-safe.
public interface ServedAdapter {
    /// SHA-256 of its weights' file, 64 hexadecimal digits.
    String digest();

    /// Keeps it as it is until the hold is closed, whatever is attached or detached meanwhile.
    ///
    /// @return empty where it was taken away since it was found
    Optional<Hold> hold();

    /// From a request's beginning to its end.
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
