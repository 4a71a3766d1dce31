package dev.sartor.serve;

import java.util.List;
import java.util.Optional;

/// The keys that let callers in, asked before each request: what it says holds from that request on. Thread-safe.
@FunctionalInterface
public interface Keys extends AutoCloseable {
    Held now();

    /// Whose a bearer's token is that is no key, and says by itself who holds it. Empty for what is no such token.
    ///
    /// @throws dev.sartor.core.SartorException a user's error, which may be told, where it is one and does not hold; something
    ///     is missing, where that could not be found out
    default Optional<ApiKey> token(String text) {
        return Optional.empty();
    }

    /// Whether there are callers besides the holders of keys.
    default boolean takesTokens() {
        return false;
    }

    /// Lets go of what it asks, where it asks something; nobody asks it afterwards.
    @Override
    default void close() {}

    /// The keys that hold at a moment.
    ///
    /// @param areAll whether no other does; false where some could not be confirmed: callers with a key that is not among
    ///     these are told to try again, and are not let in
    record Held(List<ApiKey> keys, boolean areAll) {
        public Held {
            keys = List.copyOf(keys);
        }

        /// The key with this secret. Compares with every key, so that the time tells nothing of their order.
        public Optional<ApiKey> find(String secret) {
            var digest = ApiKey.digest(secret);
            Optional<ApiKey> found = Optional.empty();
            for (var key : keys) {
                found = key.matches(digest) ? Optional.of(key) : found;
            }
            return found;
        }
    }

    /// Always the same.
    static Keys of(List<ApiKey> keys) {
        return new Fixed(new Held(keys, true));
    }

    /// What never changes.
    record Fixed(Held now) implements Keys {}
}
