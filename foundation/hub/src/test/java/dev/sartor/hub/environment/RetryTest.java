package dev.sartor.hub.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private static Retry retry(Duration first) {
        return new Retry(4, first, first.multipliedBy(60), Duration.ofMinutes(2), new Random(1));
    }

    private static final class Hiccup extends Exception implements Retry.Passing {
        private static final long serialVersionUID = 1L;

        private final long pause;

        Hiccup(long pause) {
            this.pause = pause;
        }

        @Override
        public Optional<Duration> pause() {
            return pause < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(pause));
        }
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToTheLongest() {
        var retry = retry(Duration.ofMillis(500));
        for (int failures = 1; failures <= 40; failures++) {
            long full = Math.min(30_000, 500L << Math.min(failures - 1, 20));
            assertThat(retry.doubling(failures).toMillis()).isBetween(full / 2, full);
        }
    }

    @Test
    void whatMayPassIsTriedAgainAndTheLastFailureIsThrown() {
        var tried = new AtomicInteger();
        assertThatThrownBy(() ->
                        retry(Duration.ofMillis(1))
                                .run(() -> {
                                    tried.incrementAndGet();
                                    throw new Hiccup(-1);
                                }))
                .isInstanceOf(Hiccup.class);
        assertThat(tried).hasValue(4);
    }

    @Test
    void whatDoesNotPassAndWhoAsksForTooLongAreNotTriedAgain() {
        var tried = new AtomicInteger();
        assertThatThrownBy(() ->
                        retry(Duration.ofMillis(1))
                                .run(() -> {
                                    tried.incrementAndGet();
                                    throw new IOException("gone");
                                }))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        retry(Duration.ofMillis(1))
                                .run(() -> {
                                    tried.incrementAndGet();
                                    throw new Hiccup(121);
                                }))
                .isInstanceOf(Hiccup.class);
        assertThat(tried).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({
        "7, '', 7",
        "86400, '', 86400",
        "'Sun, 01 Mar 2026 12:00:09 GMT', '', 9",
        "'Sun, 01 Mar 2026 12:00:09 GMT', 'Sun, 01 Mar 2026 12:00:04 GMT', 5"
    })
    void aServerAsksForSecondsOrUntilAMoment(String retryAfter, String date, long seconds) {
        assertThat(Retry.asked(retryAfter, date, NOON)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "-1",
                "1.5",
                "99999999999999999999",
                "Mon, 99 Foo 2026",
                "Sun, 01 Mar 2026 11:00:00 GMT",
                ""
            })
    void whatSaysNothingAsksForNothing(String retryAfter) {
        assertThat(Retry.asked(retryAfter, "", NOON)).isEmpty();
    }
}
