package dev.sartor.serve;

import java.util.List;

/// The keys that let callers in, asked before each request: what it says holds from that request on. Thread-safe.
@FunctionalInterface
public interface Keys {
    Held now();

    /// The keys that hold at a moment.
    ///
    /// @param areAll whether no other does; false where some could not be confirmed: callers with a key that is not among
    ///     these are told to try again, and are not let in
    record Held(List<ApiKey> keys, boolean areAll) {
        public Held {
            keys = List.copyOf(keys);
        }
    }

    /// Always the same.
    static Keys of(List<ApiKey> keys) {
        return new Fixed(new Held(keys, true));
    }

    /// What never changes.
    record Fixed(Held now) implements Keys {}
}
