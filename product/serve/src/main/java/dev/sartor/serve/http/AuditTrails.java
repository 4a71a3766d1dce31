package dev.sartor.serve.http;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Audit;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins each request's trail, and keeps its entry. Of requests without a valid key one a second is kept, and sixty at once:
/// whoever has none shall not fill the disk. The others are counted in the next entry. Thread-safe.
public final class AuditTrails {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrails.class);
    private static final double MOST_AT_ONCE = 60;
    private static final double A_SECOND = 1;

    private final Audit audit;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private double left = MOST_AT_ONCE;
    private long filledAt = System.nanoTime();
    private long unkept;

    public AuditTrails(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    public Trail begin(Context context, String requestId) {
        var trail = begin(context.method() + " " + Meters.path(context.path()), requestId);
        trail.attachTo(context);
        return trail;
    }

    /// Of what comes by no connection of its own.
    public Trail begin(String action, String requestId) {
        return new Trail(this, clock.instant(), requestId, action);
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
