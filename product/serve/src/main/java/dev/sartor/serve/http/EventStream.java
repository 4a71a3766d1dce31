package dev.sartor.serve.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// A response of server-sent events. Nothing is committed before the first event or heartbeat, so that a failure until
/// then is an ordinary HTTP status. While it is open and silent, comments keep the connection alive. A thread of its own
/// writes, so that whoever makes the text does not wait for whoever reads it: a client that leaves the buffer full, or
/// takes nothing for some seconds, counts as gone. Thread-safe.
public final class EventStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /// Bytes that wait to be written, beside the event that goes beyond them.
    private static final int MOST_WAITING = 256 << 10;

    /// Bytes of one write.
    private static final int MOST_AT_ONCE = 16 << 10;

    /// How long a full buffer may stay so: a moment, in which a client that reads is served.
    private static final Duration GRACE = Duration.ofMillis(250);

    /// How long one write may take.
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(3);

    private static final long GLANCE_MILLIS = 20;

    private final WatchedEndPoint connection;
    private final HttpServletResponse response;
    private final Duration heartbeat;
    private final Thread writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean begun;
    private boolean closed;
    private boolean isPatient;
    private boolean gone;
    private boolean isWriting;
    private long lastWrite = System.nanoTime();

    private EventStream(
            WatchedEndPoint connection, HttpServletResponse response, Duration heartbeat) {
        this.connection = connection;
        this.response = response;
        this.heartbeat = heartbeat;
        this.writer = Thread.ofVirtual().name("events").unstarted(this::write);
    }

    /// Closed before its request's handling ends.
    public static EventStream open(Context context, Duration heartbeat) {
        var stream = new EventStream(WatchedEndPoint.of(context.req()), context.res(), heartbeat);
        stream.writer.start();
        return stream;
    }

    /// @throws ClientGone where nobody listens any more
    public void send(JsonNode event) {
        add("data: " + event + "\n\n");
    }

    /// An event that says its type.
    ///
    /// @throws ClientGone where nobody listens any more
    public void send(String type, JsonNode event) {
        add("event: " + type + "\ndata: " + event + "\n\n");
    }

    /// @throws ClientGone where nobody listens any more
    public void sendDone() {
        add("data: [DONE]\n\n");
    }

    /// The answer is made: from now on whoever sends more than the buffer holds waits for the client to take it.
    public void waitForClient() {
        lock.lock();
        try {
            isPatient = true;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the stream with a failure, where the stream has begun and its status can no longer say it.
    ///
    /// @param telling sends what tells of it
    /// @return what was told; empty where the stream has not begun: nothing is written from then on
    public Optional<Failure> endWith(Supplier<Failure> failure, Consumer<Failure> telling) {
        lock.lock();
        try {
            isPatient = true;
            if (!begun) {
                closed = true;
                changed.signalAll();
                return Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        var told = failure.get();
        telling.accept(told);
        return Optional.of(told);
    }

    public boolean isClientGone() {
        if (isLost()) {
            return true;
        }
        if (connection.isClosedByClient()) {
            lose();
        }
        return isLost();
    }

    private boolean isLost() {
        lock.lock();
        try {
            boolean isStalled =
                    isWriting && System.nanoTime() - lastWrite > LONGEST_WRITE.toNanos();
            if (!gone && !isStalled) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        lose();
        return true;
    }

    /// @throws ClientGone where nobody listens any more
    public void refuseIfGone() {
        if (isLost()) {
            throw new ClientGone(new IOException("its connection is closed"));
        }
    }

    /// Waits until everything is written, or nobody takes it.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            while (!writer.join(Duration.ofMillis(GLANCE_MILLIS))) {
                isClientGone(); // ends the write
            }
        } catch (InterruptedException e) {
            lose();
            Thread.currentThread().interrupt();
        }
    }

    private void add(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!isAdded(bytes)) {
            lose();
            throw new ClientGone(new IOException("it does not read what it is sent"));
        }
    }

    private boolean isAdded(byte[] bytes) {
        lock.lock();
        try {
            long start = System.nanoTime();
            while (waitingBytes > MOST_WAITING
                    && (isPatient || System.nanoTime() - start < GRACE.toNanos())) {
                refuseIfGone();
                changed.await(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            }
            refuseIfGone();
            if (waitingBytes > MOST_WAITING) {
                return false;
            }
            begun = true;
            waiting.add(bytes);
            waitingBytes += bytes.length;
            changed.signalAll();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Failure.stopping());
        } finally {
            lock.unlock();
        }
    }

    /// Whoever writes learns it by the write's failure.
    private void lose() {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            gone = true;
            waiting.clear();
            waitingBytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        connection.close();
    }

    private void write() {
        try {
            for (var next = next(); next.length > 0; next = next()) {
                for (int from = 0; from < next.length; from += MOST_AT_ONCE) {
                    write(next, from, Math.min(MOST_AT_ONCE, next.length - from));
                }
                written(next.length);
            }
        } catch (IOException | RuntimeException e) { // Jetty throws both at a closed connection
            LOG.debug("a stream's client takes no more", e);
            lose();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(byte[] bytes, int from, int count) throws IOException {
        mark(true);
        try {
            var out = response.getOutputStream();
            out.write(bytes, from, count);
            out.flush();
        } finally {
            mark(false);
        }
    }

    private void mark(boolean writes) {
        lock.lock();
        try {
            isWriting = writes;
            lastWrite = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void written(int count) {
        lock.lock();
        try {
            waitingBytes = Math.max(0, waitingBytes - count);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What is to be written now; empty at the end.
    private byte[] next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed && !gone) {
                var left = heartbeat.toNanos() - (System.nanoTime() - lastWrite);
                if (left > 0) {
                    left = changed.awaitNanos(left);
                } else {
                    add(": waiting\n\n");
                }
            }
            if (gone || waiting.isEmpty()) {
                return new byte[0];
            }
            begin();
            var together = new ByteArrayOutputStream();
            while (!waiting.isEmpty()
                    && (together.size() == 0
                            || together.size() + waiting.getFirst().length <= MOST_AT_ONCE)) {
                together.writeBytes(waiting.removeFirst());
            }
            return together.toByteArray();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (!response.isCommitted()) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream; charset=utf-8");
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("X-Accel-Buffering", "no");
        }
    }
}
