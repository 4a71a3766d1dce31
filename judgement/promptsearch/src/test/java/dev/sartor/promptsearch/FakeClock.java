package dev.sartor.promptsearch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Stands still until it is told to go on.
public final class FakeClock extends Clock {
    private Instant now = Instant.parse("2026-12-01T08:00:00Z");

    public void advance(double seconds) {
        now = now.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
