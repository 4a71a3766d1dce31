package dev.sartor.serve;

/// Where it is kept who asked what, and what was decided. Thread-safe.
@FunctionalInterface
public interface Audit extends AutoCloseable {
    /// Returns when the entry outlives the process and the machine's crash; the caller is not answered before.
    ///
    /// @throws dev.sartor.core.SartorException something is missing, where it cannot be kept: then the caller is refused
    void keep(AuditEntry entry);

    @Override
    default void close() {}

    /// Keeps nothing.
    static Audit none() {
        return _ -> {};
    }
}
