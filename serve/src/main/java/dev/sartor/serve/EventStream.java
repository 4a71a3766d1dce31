package dev.sartor.serve;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// A response of server-sent events. Nothing is committed before the first event or heartbeat, so that a failure until
/// then is an ordinary HTTP status. While it is open and silent, comments keep the connection alive and notice a client
/// that hung up. Thread-safe.
final class EventStream implements AutoCloseable {
    private final HttpServletResponse response;
    private final Duration heartbeat;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean begun;
    private boolean closed;
    private boolean gone;
    private long lastWrite = System.nanoTime();

    private EventStream(HttpServletResponse response, Duration heartbeat) {
        this.response = response;
        this.heartbeat = heartbeat;
    }

    static EventStream open(HttpServletResponse response, Duration heartbeat) {
        var stream = new EventStream(response, heartbeat);
        Thread.ofVirtual().name("heartbeat").start(stream::beat);
        return stream;
    }

    /// @throws ClientGone where nobody listens any more
    void send(JsonNode event) {
        write("data: " + event + "\n\n");
    }

    /// @throws ClientGone where nobody listens any more
    void sendDone() {
        write("data: [DONE]\n\n");
    }

    /// Ends the stream with a failure, where the stream has begun and its status can no longer say it.
    ///
    /// @return what was told; empty where the stream has not begun: nothing is written from then on
    Optional<Failure> endWith(Supplier<Failure> failure) {
        lock.lock();
        try {
            closed = true;
            if (!begun) {
                return Optional.empty();
            }
            var told = failure.get();
            send(told.json());
            return Optional.of(told);
        } finally {
            lock.unlock();
        }
    }

    boolean isClientGone() {
        lock.lock();
        try {
            return gone;
        } finally {
            lock.unlock();
        }
    }

    /// @throws ClientGone where nobody listens any more
    void refuseIfGone() {
        if (isClientGone()) {
            throw new ClientGone(new IOException("found by a heartbeat"));
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void write(String text) {
        lock.lock();
        try {
            if (gone) {
                throw new ClientGone(new IOException("found by an earlier write"));
            }
            begin();
            var out = response.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            lastWrite = System.nanoTime();
        } catch (IOException e) {
            gone = true;
            throw new ClientGone(e);
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream; charset=utf-8");
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("X-Accel-Buffering", "no");
        }
    }

    private void beat() {
        lock.lock();
        try {
            while (!closed && !gone) {
                var left = heartbeat.toNanos() - (System.nanoTime() - lastWrite);
                if (left > 0) {
                    left = closing.awaitNanos(left);
                } else {
                    write(": waiting\n\n");
                }
            }
        } catch (ClientGone e) {
            // `gone` is set: whoever makes the answer learns it at the next piece.
            closed = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
