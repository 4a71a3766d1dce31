package dev.sartor.serve.http;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Audit;
import dev.sartor.serve.Telemetry;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins each request's trail, keeps its entry, and tells how long it took. Of requests without a valid key one a second is kept, and sixty at once:
/// whoever has none shall not fill the disk. The others are counted in the next entry. Thread-safe.
public final class AuditTrails {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrails.class);
    private static final double MOST_AT_ONCE = 60;
    private static final double A_SECOND = 1;

    private final Audit audit;
    private final Telemetry telemetry;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private double left = MOST_AT_ONCE;
    private long filledAt = System.nanoTime();
    private long unkept;

    public AuditTrails(Audit audit, Telemetry telemetry, Clock clock) {
        this.audit = audit;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    public Trail begin(Context context, String requestId) {
        var trail =
                new Trail(
                        this,
                        clock.instant(),
                        requestId,
                        context.method() + " " + Meters.path(context.path()),
                        new RequestTrace(Optional.ofNullable(context.header("traceparent"))));
        trail.attachTo(context);
        return trail;
    }

    /// Of what comes by no connection of its own.
    public Trail begin(String action, String requestId) {
        return new Trail(
                this, clock.instant(), requestId, action, new RequestTrace(Optional.empty()));
    }

    /// Tells of a request whose caller was let in; of others, strangers could have as much told as they like.
    void tell(Trail trail, int status) {
        if (trail.hasCaller()) {
            try {
                telemetry.tell(trail.trace().told(trail.entry(status, 0)));
            } catch (RuntimeException e) {
                LOG.warn("how long a request took was not told: {}", e.toString());
            }
        }
    }

    void keep(Trail trail, int status) {
        if (trail.hasCaller() || mayKeepOneMore()) {
            try {
                audit.keep(trail.entry(status, taken()));
            } catch (SartorException e) {
                LOG.warn("nothing is answered: {}", e.getMessage());
                throw new Refused(Failure.unaudited());
            }
        }
    }

    private boolean mayKeepOneMore() {
        lock.lock();
        try {
            long now = System.nanoTime();
            left = Math.min(MOST_AT_ONCE, left + (now - filledAt) / 1e9 * A_SECOND);
            filledAt = now;
            if (left < 1) {
                unkept++;
                return false;
            }
            left--;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private long taken() {
        lock.lock();
        try {
            long count = unkept;
            unkept = 0;
            return count;
        } finally {
            lock.unlock();
        }
    }
}
