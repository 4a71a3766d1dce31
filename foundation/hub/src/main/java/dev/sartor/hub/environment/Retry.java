package dev.sartor.hub.environment;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Does work again while it fails in a way that may pass, with a longer pause each time. It is the only door to Failsafe.
/// Safe for concurrent callers where the random generator is.
///
/// @param attempts in all, from 1
/// @param first the pause after the first failure; doubled after each further one, with half of it left to chance so that
///     many callers do not return at once
/// @param longest pause of its own
/// @param longestAsked a server that asks for a longer one is given up
public record Retry(
        int attempts,
        Duration first,
        Duration longest,
        Duration longestAsked,
        RandomGenerator random) {
    /// What a failure is that may pass; all others end the work at once.
    public interface Passing {
        /// How long the server asks to be left alone; empty where it does not say.
        Optional<Duration> pause();
    }

    /// Work that may fail.
    @FunctionalInterface
    public interface Attempt<T, E extends Exception> {
        T run() throws E;
    }

    /// @throws E what the last attempt threw
    /// @throws InterruptedException where the thread was interrupted while it waited
    public <T, E extends Exception> T run(Attempt<T, E> attempt) throws E, InterruptedException {
        var policy =
                RetryPolicy.<T>builder()
                        .handleIf(failure -> failure instanceof Passing)
                        .abortOn(this::asksForTooLong)
                        .withMaxAttempts(attempts)
                        .withDelayFn(this::pause)
                        .build();
        try {
            return Failsafe.with(policy).get(attempt::run);
        } catch (FailsafeException e) {
            throw Retry.<E>thrown(e);
        }
    }

    /// Failsafe wraps what is checked: what the attempt threw, or that its thread was interrupted.
    @SuppressWarnings({
        "unchecked",
        "TypeParameterUnusedInFormals"
    }) // Failsafe erases the attempt's own type
    private static <E extends Exception> E thrown(FailsafeException wrapped)
            throws E, InterruptedException {
        if (wrapped.getCause() instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return wrapped.getCause() instanceof Exception cause ? (E) cause : (E) wrapped;
    }

    private boolean asksForTooLong(Throwable failure) {
        return failure instanceof Passing passing
                && passing.pause().filter(asked -> asked.compareTo(longestAsked) > 0).isPresent();
    }

    private <T> Duration pause(ExecutionContext<T> context) {
        return context.getLastException() instanceof Passing passing
                ? passing.pause().orElseGet(() -> doubling(context.getAttemptCount()))
                : doubling(context.getAttemptCount());
    }

    /// @param failures so far, from 1
    Duration doubling(int failures) {
        var full = first.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
        var capped = full.compareTo(longest) > 0 ? longest : full;
        return Duration.ofNanos((long) (capped.toNanos() * (0.5 + 0.5 * random.nextDouble())));
    }

    /// How long a server asks to be left alone: seconds, or a moment by its own clock (RFC 9110, section 10.2.3). Empty for
    /// what says nothing, and for what has passed.
    ///
    /// @param retryAfter the header of that name; empty where there is none
    /// @param date likewise
    /// @param clock stands in for a server that does not tell the time
    public static Optional<Duration> asked(String retryAfter, String date, Clock clock) {
        if (retryAfter.strip().matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter.strip())));
        }
        var now = moment(date).orElseGet(() -> ZonedDateTime.now(clock));
        return moment(retryAfter)
                .map(until -> Duration.between(now, until))
                .filter(Duration::isPositive);
    }

    private static Optional<ZonedDateTime> moment(String date) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
