package dev.sartor.generate.schedule;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Notes when a row's tokens come.
public final class StreamClock implements RowEvents {
    private final CountDownLatch done;
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    public StreamClock(CountDownLatch done) {
        this.done = done;
    }

    /// @throws RuntimeException what the row failed with
    public List<Long> times() {
        failure.ifPresent(why -> {
            throw why;
        });
        return times;
    }

    @Override
    public void said(int token) {
        times.add(System.nanoTime());
    }

    @Override
    public void done(Result result) {
        done.countDown();
    }

    @Override
    public void failed(RuntimeException why) {
        failure = Optional.of(why);
        done.countDown();
    }
}
