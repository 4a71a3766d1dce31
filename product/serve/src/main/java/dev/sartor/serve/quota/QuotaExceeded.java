package dev.sartor.serve.quota;

import java.time.Duration;
import java.util.Optional;

/// A request that a limit does not allow now, or never. Its message is for the caller.
public final class QuotaExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final transient Optional<Duration> passes;

    /// Which limit it was.
    public enum Limit {
        /// Requests or tokens a minute, or answers at once.
        RATE,
        /// Money a month.
        BUDGET
    }

    /// @param passes after which time the same request may be allowed; empty for one that never is
    public QuotaExceeded(Limit limit, String message, Optional<Duration> passes) {
        super(message, null, false, false);
        this.limit = limit;
        this.passes = passes;
    }

    public Limit limit() {
        return limit;
    }

    public Optional<Duration> passes() {
        return passes;
    }
}
