package dev.sartor.serve.http;

import dev.sartor.core.SartorException;
import dev.sartor.serve.quota.Quotas;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reserves what a request can take, and settles what it took, also where it failed or its caller hung up. Thread-safe.
public final class Metering {
    private static final Logger LOG = LoggerFactory.getLogger(Metering.class);
    private static final long GLANCE_MILLIS = 50;

    /// Long texts take a while to count: a core is left for those that are answered.
    private static final int COUNTED_AT_ONCE =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final Quotas quotas;
    private final Semaphore counting = new Semaphore(COUNTED_AT_ONCE);

    public Metering(Quotas quotas) {
        this.quotas = quotas;
    }

    /// @param stayInLine looked at while it waits; throws where the caller has gone
    Held hold(Caller caller, Demand demand, Runnable stayInLine) {
        var user = new Quotas.User(caller.key(), caller.principal().tenant());
        var most =
                quotas.limits(user)
                        ? counted(demand, stayInLine)
                        : new Quotas.Usage(demand.model(), 0, 0);
        try {
            return new Held(quotas.reserve(user, most, stayInLine), most);
        } catch (SartorException e) {
            if (e.kind() == SartorException.Kind.MISSING) {
                LOG.warn("a request was not let in: {}", e.getMessage());
                throw new Refused(Failure.uncounted());
            }
            throw e;
        }
    }

    private Quotas.Usage counted(Demand demand, Runnable stayInLine) {
        try {
            while (!counting.tryAcquire(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stayInLine.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Failure.stopping());
        }
        try {
            return demand.most().get();
        } finally {
            counting.release();
        }
    }

    /// A reservation, with what was taken of it.
    static final class Held implements AutoCloseable {
        private final Quotas.Reservation reservation;
        private final Quotas.Usage most;
        private final Tally tally = new Tally();

        private Held(Quotas.Reservation reservation, Quotas.Usage most) {
            this.reservation = reservation;
            this.most = most;
        }

        Tally tally() {
            return tally;
        }

        Quotas.Usage taken() {
            return tally.taken(most);
        }

        @Override
        public void close() {
            reservation.settle(taken());
        }
    }
}
