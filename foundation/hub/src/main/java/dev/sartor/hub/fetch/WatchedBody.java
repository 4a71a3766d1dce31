package dev.sartor.hub.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A response's body that does not wait for ever: when no byte comes for a while it is closed under its reader. Only
/// the time spent waiting counts, not what the reader does between two reads.
final class WatchedBody implements AutoCloseable {
    private static final long NOT_READING = Long.MAX_VALUE;

    private final InputStream body;
    private final Duration stall;
    private final ScheduledFuture<?> watch;
    private volatile long readingSince = NOT_READING;
    private volatile boolean silent;

    WatchedBody(InputStream body, Duration stall, ScheduledExecutorService watchdog) {
        this.body = body;
        this.stall = stall;
        long period = Math.max(1, stall.toNanos() / 5);
        this.watch =
                watchdog.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long since = readingSince;
        if (since != NOT_READING && System.nanoTime() - since > stall.toNanos()) {
            silent = true;
            closeBody();
        }
    }

    /// How many bytes came; −1 at the body's end.
    int read(byte[] into) throws FetchFailure.Hiccup {
        readingSince = System.nanoTime();
        try {
            int read = body.read(into);
            if (!silent) {
                return read;
            }
        } catch (IOException e) {
            if (!silent) {
                throw new FetchFailure.Hiccup("the connection broke: " + e.getMessage(), e);
            }
        } finally {
            readingSince = NOT_READING;
        }
        throw new FetchFailure.Hiccup(
                "no byte came for " + stall.toMillis() / 1000.0 + " s", java.util.Optional.empty());
    }

    @Override
    public void close() {
        watch.cancel(false);
        closeBody();
    }

    private void closeBody() {
        try {
            body.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(WatchedBody.class)
                    .debug("a connection did not close cleanly", e);
        }
    }
}
