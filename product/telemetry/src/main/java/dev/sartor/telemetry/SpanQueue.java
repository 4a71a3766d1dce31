package dev.sartor.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Spans on their way to the collector. Whoever brings one goes on at once: where the collector is slower than requests come, the
/// queue is full and spans are dropped and counted. Thread-safe.
final class SpanQueue implements SpanProcessor {
    private static final int MOST_WAITING = 4096;
    private static final int MOST_AT_ONCE = 512;
    private static final Duration GATHERING = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(100);

    /// Longer than the exporter takes for a request that is tried again.
    private static final Duration LONGEST_SENDING = Duration.ofSeconds(10);

    private final SpanExporter exporter;
    private final Losses losses;
    private final ArrayBlockingQueue<SpanData> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final CompletableResultCode ended = new CompletableResultCode();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closing;

    private SpanQueue(SpanExporter exporter, Losses losses) {
        this.exporter = exporter;
        this.losses = losses;
    }

    static SpanQueue begin(SpanExporter exporter, Losses losses) {
        var begun = new SpanQueue(exporter, losses);
        Thread.ofVirtual().name("spans").start(begun::work);
        return begun;
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled() && (closing || !queue.offer(span.toSpanData()))) {
            losses.spans(1, "it is slower than they come");
        }
    }

    private void work() {
        var batch = new ArrayList<SpanData>(MOST_AT_ONCE);
        try {
            while (!closing || !queue.isEmpty()) {
                gather(batch);
                if (!batch.isEmpty()) {
                    send(List.copyOf(batch));
                    batch.clear();
                }
                losses.say();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exporter.shutdown();
            ended.succeed();
        }
    }

    /// What comes within a while goes together.
    private void gather(List<SpanData> batch) throws InterruptedException {
        long until = System.nanoTime() + GATHERING.toNanos();
        while (batch.size() < MOST_AT_ONCE && !closing && System.nanoTime() < until) {
            var next = queue.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                batch.add(next);
            }
        }
        queue.drainTo(batch, MOST_AT_ONCE - batch.size());
    }

    private void send(List<SpanData> batch) {
        underWay.set(batch.size());
        var sent = exporter.export(batch);
        sent.join(LONGEST_SENDING.toMillis(), TimeUnit.MILLISECONDS);
        int ours = underWay.getAndSet(0); // none of them where they were given up
        if (!sent.isSuccess() && ours > 0) {
            losses.spans(ours, Reasons.of(sent));
        }
    }

    /// Takes no more, and sends what waits.
    ///
    /// @return done when all of it was sent
    @Override
    public CompletableResultCode shutdown() {
        closing = true;
        return ended;
    }

    /// What waits is given up.
    void giveUp() {
        closing = true;
        var left = new ArrayList<SpanData>();
        queue.drainTo(left);
        int untaken = left.size() + underWay.getAndSet(0);
        if (untaken > 0) {
            losses.spans(untaken, "it had not taken them when the server stopped");
        }
        exporter.shutdown();
    }
}
