package dev.sartor.compare;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long to wait before asking a busy or failing server again.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// A server that wants to be left alone longer than this is as good as away.
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(2);

    private final Clock clock;
    private final RandomGenerator random;
    private final Pause pause;

    /// Lets time pass.
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    Backoff(Clock clock, RandomGenerator random, Pause pause) {
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    static Backoff usual() {
        return new Backoff(Clock.systemUTC(), RandomGenerator.getDefault(), Thread::sleep);
    }

    /// Waits after the nth failure (from 0): as long as the server asks, at most two minutes, or twice as long each time,
    /// with half of it left to chance so that many callers do not return at once.
    void await(int failure, Optional<String> retryAfter) throws InterruptedException {
        pause.sleep(retryAfter.flatMap(this::asked).orElseGet(() -> doubling(failure)));
    }

    private Duration doubling(int failure) {
        var full = FIRST.multipliedBy(1L << Math.min(failure, 10));
        var capped = full.compareTo(LONGEST) > 0 ? LONGEST : full;
        return Duration.ofMillis((long) (capped.toMillis() * (0.5 + 0.5 * random.nextDouble())));
    }

    /// Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3); anything else says nothing.
    private Optional<Duration> asked(String header) {
        try {
            var asked =
                    header.strip().chars().allMatch(Character::isDigit)
                            ? Duration.ofSeconds(Long.parseLong(header.strip()))
                            : Duration.between(
                                    clock.instant(),
                                    ZonedDateTime.parse(
                                                    header.strip(),
                                                    DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant());
            var bounded = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
            return Optional.of(bounded.isNegative() ? Duration.ZERO : bounded);
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
