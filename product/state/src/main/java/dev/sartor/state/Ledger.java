package dev.sartor.state;

import dev.sartor.core.SartorException;
import dev.sartor.serve.quota.QuotaExceeded;
import dev.sartor.serve.quota.Quotas;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What callers may use and have used, in a database that several servers share. One thread takes all that is asked and told into
/// one transaction, so that a disk is flushed once for many requests. Thread-safe.
final class Ledger implements Quotas {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_TOLD = 100_000;
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Database database;
    private final LedgerPass pass;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Ask> asked = new ArrayDeque<>();
    private final List<Told> told = new ArrayList<>();
    private final Thread thread;
    private volatile Rates rates;
    private boolean hasNews;
    private boolean closing;
    private boolean warned;

    /// One who waits for what it wants.
    ///
    /// @param done completed by the ledger; cancelled by whoever left
    record Ask(User user, Usage most, CompletableFuture<Reservation> done) {}

    /// What was used.
    ///
    /// @param reserved empty for who has no limits
    record Told(Optional<Reserved> reserved, User user, Usage taken) {}

    /// @param server by which its reservations are told from others'
    Ledger(Database database, Clock clock, String server) {
        this.database = database;
        this.rates = database.transaction(Rates::read);
        this.pass = new LedgerPass(clock, server, this::reservation);
        this.thread = Thread.ofPlatform().name("ledger").daemon().start(this::work);
    }

    @Override
    public boolean limits(User user) {
        return rates.limited(user).findAny().isPresent();
    }

    @Override
    public Reservation reserve(User user, Usage most, Runnable stayInLine) {
        if (!limits(user)) {
            return taken -> tell(new Told(Optional.empty(), user, taken));
        }
        var ask = new Ask(user, most, new CompletableFuture<>());
        add(ask);
        try {
            return granted(ask, stayInLine);
        } catch (RuntimeException e) {
            leave(ask);
            throw e;
        }
    }

    private void add(Ask ask) {
        lock.lock();
        try {
            if (closing) {
                throw SartorException.stopped("stopped before a request was let in");
            }
            if (asked.size() >= MOST_WAITING) {
                throw new QuotaExceeded(
                        QuotaExceeded.Limit.RATE,
                        asked.size()
                                + " requests wait for their limits, which is all that this server takes on: try"
                                + " again later.",
                        Optional.of(Duration.ofSeconds(1)));
            }
            asked.addLast(ask);
            hasNews = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private static Reservation granted(Ask ask, Runnable stayInLine) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            try {
                return ask.done().get(GLANCE.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                stayInLine.run();
                if (System.nanoTime() - deadline > 0) {
                    throw new QuotaExceeded(
                            QuotaExceeded.Limit.RATE,
                            "Other requests with the same limits did not end within "
                                    + LONGEST_WAIT.toSeconds()
                                    + " s: try again later.",
                            Optional.of(Duration.ofSeconds(1)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SartorException.stopped("stopped before a request was let in");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException why
                        ? why
                        : SartorException.defect("a request could not be counted", e);
            }
        }
    }

    /// What was granted meanwhile is given back.
    private void leave(Ask ask) {
        if (!ask.done().cancel(false) && !ask.done().isCompletedExceptionally()) {
            ask.done().join().settle(new Usage(ask.most().model(), 0, 0));
        }
        lock.lock();
        try {
            asked.remove(ask);
        } finally {
            lock.unlock();
        }
    }

    private Reservation reservation(Reserved reserved) {
        return taken -> tell(new Told(Optional.of(reserved), reserved.user(), taken));
    }

    private void tell(Told what) {
        lock.lock();
        try {
            if (told.size() < MOST_TOLD) {
                told.add(what);
            } else if (!warned) {
                warned = true;
                LOG.warn(
                        "more was used than can be kept while {} cannot be written",
                        database.name());
            }
            hasNews = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (true) {
            var batch = next();
            if (batch.isEmpty()) {
                return;
            }
            try {
                var result = database.transaction(handle -> pass.run(handle, rates, batch.get()));
                rates = result.rates();
                result.answer();
                keep(result.waiting());
            } catch (RuntimeException e) {
                fail(batch.get(), e);
            }
        }
    }

    /// What is to be done now; empty when all is done and nothing more comes.
    private Optional<LedgerPass.Batch> next() {
        lock.lock();
        try {
            long left = BETWEEN_LOOKS.toNanos();
            while (!hasNews && !closing && left > 0) {
                left = changed.awaitNanos(left);
            }
            hasNews = false;
            if (closing && told.isEmpty() && asked.isEmpty()) {
                return Optional.empty();
            }
            var batch = new LedgerPass.Batch(List.copyOf(asked), List.copyOf(told));
            asked.clear();
            told.clear();
            return Optional.of(batch);
        } catch (InterruptedException e) {
            LOG.debug("the ledger is not interrupted: it ends when it is closed", e);
            return Optional.of(new LedgerPass.Batch(List.of(), List.of()));
        } finally {
            lock.unlock();
        }
    }

    /// Those who wait stand before whoever came meanwhile; whoever left does not wait.
    private void keep(List<Ask> waiting) {
        lock.lock();
        try {
            warned = false;
            waiting.reversed().stream()
                    .filter(ask -> !ask.done().isDone())
                    .forEach(asked::addFirst);
            if (closing) {
                asked.forEach(ask -> ask.done().completeExceptionally(stopped()));
                asked.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    private static SartorException stopped() {
        return SartorException.stopped("stopped before a request was let in");
    }

    /// Nobody is let in while that cannot be counted; what was used is kept for the next time.
    private void fail(LedgerPass.Batch batch, RuntimeException why) {
        batch.asked().forEach(ask -> ask.done().completeExceptionally(why));
        lock.lock();
        try {
            if (closing) {
                LOG.warn("{} uses could not be written: {}", batch.told().size(), why.getMessage());
                return;
            }
            told.addAll(0, batch.told());
            if (!warned) {
                warned = true;
                LOG.warn("what callers use cannot be counted for now: {}", why.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Writes what was told.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
