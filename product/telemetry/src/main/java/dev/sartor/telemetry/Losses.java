package dev.sartor.telemetry;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What the collector did not take: counted, and said once a minute at most, as it may be away for days. Thread-safe.
final class Losses {
    static final long MINUTE = 60_000_000_000L;

    private final Consumer<String> log;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private long spans;
    private long metrics;
    private String reason = "";
    private boolean isSaid;
    private long saidAt;

    /// @param nanos the time, as `System.nanoTime` has it
    Losses(Consumer<String> log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    void spans(long count, String why) {
        add(count, 0, why);
    }

    /// Metrics are told again with the next ones: nothing is lost but time, unless the server stops.
    void metrics(String why) {
        add(0, 1, why);
    }

    private void add(long lostSpans, long untold, String why) {
        lock.lock();
        try {
            spans += lostSpans;
            metrics += untold;
            reason = why;
        } finally {
            lock.unlock();
        }
    }

    /// Says what was lost, unless that was done within the last minute.
    void say() {
        say(false);
    }

    /// Says it now: nothing more will be said.
    void sayLast() {
        say(true);
    }

    private void say(boolean isLast) {
        lock.lock();
        try {
            boolean isTooEarly = isSaid && nanos.getAsLong() - saidAt < MINUTE;
            if (spans + metrics == 0 || (isTooEarly && !isLast)) {
                return;
            }
            log.accept(
                    "the collector of --otlp did not take everything ("
                            + reason
                            + "): "
                            + spans
                            + " spans were dropped and metrics not told "
                            + metrics
                            + " times since this was last said. Requests are answered all the same");
            spans = 0;
            metrics = 0;
            isSaid = true;
            saidAt = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
