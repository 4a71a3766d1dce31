package dev.sartor.privacy;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a part of an audit is to end.
///
/// @param end empty for whenever it is done
record Deadline(Clock clock, Optional<Instant> end, Cancellation cancellation) {
    /// Of a part that is to end at a share of the time.
    ///
    /// @param begun when the whole began
    /// @param share 0 to 1
    static Deadline at(
            Clock clock,
            Instant begun,
            Optional<Duration> time,
            double share,
            Cancellation cancellation) {
        return new Deadline(
                clock,
                time.map(all -> begun.plusMillis((long) (all.toMillis() * share))),
                cancellation);
    }

    /// @throws SartorException of the kind STOPPED where the user asked for it
    boolean isOver() {
        if (cancellation.isAsked()) {
            throw SartorException.stopped(
                    "stopped; what the audit had finished is kept, and the same command goes on from there");
        }
        return end.filter(at -> !clock.instant().isBefore(at)).isPresent();
    }
}
