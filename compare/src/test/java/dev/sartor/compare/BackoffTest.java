package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final Backoff backoff = new Backoff(RemoteServer.CLOCK, new Random(1), pauses::add);

    @Test
    void waitsTwiceAsLongEachTimeUpToHalfAMinute() throws InterruptedException {
        for (int failure = 0; failure < 12; failure++) {
            backoff.await(failure, Optional.empty());
        }
        for (int failure = 0; failure < 12; failure++) {
            long full = Math.min(30_000, 500L << failure);
            assertThat(pauses.get(failure).toMillis()).isBetween(full / 2, full);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "99999999999999999999", "Mon, 99 Foo 2026"})
    void aHeaderThatSaysNothingChangesNothing(String header) throws InterruptedException {
        backoff.await(0, Optional.of(header));
        assertThat(pauses.getFirst().toMillis()).isBetween(250L, 500L);
    }
}
