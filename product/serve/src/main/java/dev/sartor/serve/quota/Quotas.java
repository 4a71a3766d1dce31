package dev.sartor.serve.quota;

import java.util.Optional;

/// How much each caller may use. Before a request is answered the most that it can take is reserved, and afterwards what it took
/// is settled: so requests side by side cannot take more than there is. Thread-safe.
public interface Quotas extends AutoCloseable {
    /// Whether a limit holds for a caller, so that the most that its requests can take has to be known.
    boolean limits(User user);

    /// Reserves the most that a request can take. Where it would fit if others that run took nothing, it waits for them.
    ///
    /// @param stayInLine looked at while it waits; throws where the request may leave the line
    /// @throws QuotaExceeded where it does not fit
    /// @throws dev.sartor.core.SartorException something is missing, where that cannot be found out
    Reservation reserve(User user, Usage most, Runnable stayInLine);

    @Override
    default void close() {}

    /// Nobody is limited, and nothing is counted.
    static Quotas none() {
        return Unlimited.INSTANCE;
    }

    /// Whose limits a request counts against.
    ///
    /// @param key the id of the caller's key; empty where it has none
    /// @param tenant without `tenant:` in front; empty where the caller is of none
    record User(Optional<String> key, Optional<String> tenant) {}

    /// Tokens of one request.
    ///
    /// @param model as the client named it, which prices go by
    /// @param prompt tokens, those that were cached among them
    /// @param completion tokens of all its answers together
    record Usage(String model, long prompt, long completion) {
        public Usage {
            if (prompt < 0 || completion < 0) {
                throw new IllegalArgumentException("tokens below 0: " + prompt + ", " + completion);
            }
        }

        public long tokens() {
            return prompt + completion;
        }
    }

    /// What a request may take, until it is settled.
    interface Reservation {
        /// Says what was taken, once: the rest is free again.
        void settle(Usage taken);
    }
}
