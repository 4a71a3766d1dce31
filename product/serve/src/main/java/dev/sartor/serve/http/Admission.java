package dev.sartor.serve.http;

import dev.sartor.core.Principal;
import dev.sartor.core.work.Cancellation;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Telemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets a bounded number of answers be made at once. More requests stand in line, in which tenants take turns by the tokens that
/// they ask for; when the line is full, or a request has stood in it too long, it is refused with 429. Where several hold keys,
/// a quarter of the places is kept from each of them and a quarter of the line from each tenant, so that nobody's requests
/// keep all others out. Thread-safe.
public final class Admission {
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final long LONGEST_RETRY_SECONDS = 60;
    private static final long MOST_TOKENS = 1 << 16;

    private final int mostRunning;
    private final int mostWaiting;
    private final Duration longestWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Line<Ticket> line = new Line<>();
    private final Map<Principal, Integer> runningOf = new HashMap<>();
    private final Cancellation cut = new Cancellation();
    private int running;
    private double usualSeconds = 1;

    public Admission(Limits limits) {
        this.mostRunning = limits.running();
        this.mostWaiting = limits.waiting();
        this.longestWait = limits.longestWait();
    }

    /// Whose a request is.
    ///
    /// @param isOneOfSeveral whether there are others, for whom places are kept
    public record Holder(Principal principal, boolean isOneOfSeveral) {
        /// Whoever it takes turns with.
        private String flow() {
            return principal
                    .tenant()
                    .map(name -> "tenant:" + name)
                    .orElseGet(() -> String.join(" ", principal.sorted()));
        }
    }

    /// Waits for a place, with as much to do as one turn in the line allows.
    Ticket enter(Holder holder, int places, Runnable whileWaiting) {
        return enter(holder, places, Line.QUANTUM, whileWaiting);
    }

    /// Waits for a place.
    ///
    /// @param places one for each of its answers, as far as the holder may have so many
    /// @param tokens that it takes, as far as is known
    /// @param whileWaiting looked at twenty times a second; throws when the request may leave the line
    Ticket enter(Holder holder, int places, long tokens, Runnable whileWaiting) {
        var ticket = ask(new Ticket(holder, Math.min(places, most(holder)), tokens));
        try {
            var deadline = System.nanoTime() + longestWait.toNanos();
            while (!ticket.isCalledWithin(GLANCE)) {
                refuseIfCut();
                whileWaiting.run();
                if (System.nanoTime() - deadline > 0) {
                    throw refusal("No place came free within " + longestWait.toSeconds() + " s");
                }
            }
            return ticket;
        } catch (RuntimeException e) {
            ticket.close();
            throw e;
        }
    }

    /// A place for work that nobody waits for: only while no request stands in line, and there is room without waiting.
    Optional<Ticket> enterIfNobodyWaits(Holder holder, int places) {
        var ticket = new Ticket(holder, Math.min(places, most(holder)), Line.QUANTUM);
        lock.lock();
        try {
            if (line.size() > 0 || !hasRoom(ticket) || !hasShare(ticket)) {
                return Optional.empty();
            }
            run(ticket);
            return Optional.of(ticket);
        } finally {
            lock.unlock();
        }
    }

    /// Ends every request, running or waiting, at its next {@link #refuseIfCut}.
    public void cut() {
        cut.ask();
    }

    public void refuseIfCut() {
        if (cut.isAsked()) {
            throw new Refused(Failure.stopping());
        }
    }

    /// Has it told how many answers are being made, and how many requests wait.
    public void tell(Telemetry telemetry, String kind) {
        telemetry.watch("sartor.running", kind, this::running);
        telemetry.watch("sartor.waiting", kind, this::waiting);
    }

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    /// @return whether nothing runs or waits any more when the time is over
    public boolean isIdleWithin(Duration time) {
        lock.lock();
        try {
            var left = time.toNanos();
            while (running > 0 || line.size() > 0) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Ticket ask(Ticket ticket) {
        lock.lock();
        try {
            var full = whyNotToWait(ticket.holder);
            line.add(ticket);
            callNext();
            if (full.isPresent() && line.remove(ticket)) {
                throw refusal(full.get());
            }
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(Ticket ticket) {
        return running + ticket.places <= mostRunning;
    }

    /// Whether its holder may have so many places more. Who is alone may have all: what it then lacks is room.
    private boolean hasShare(Ticket ticket) {
        var holder = ticket.holder;
        return !holder.isOneOfSeveral()
                || runningOf.getOrDefault(holder.principal(), 0) + ticket.places <= most(holder);
    }

    /// Places that one holder may have.
    private int most(Holder holder) {
        return holder.isOneOfSeveral() ? share(mostRunning) : mostRunning;
    }

    /// Empty while there is room for one more of its requests in the line.
    private Optional<String> whyNotToWait(Holder holder) {
        if (line.size() >= mostWaiting) {
            return Optional.of(
                    running
                            + " answers are being made and "
                            + line.size()
                            + " requests are waiting, which is all that this server takes on");
        }
        var own = line.all().filter(each -> each.flow.equals(holder.flow())).count();
        return holder.isOneOfSeveral() && own >= share(mostWaiting)
                ? Optional.of(
                        own
                                + " of your requests are waiting, which is all that this server takes on"
                                + " from one of several tenants or callers")
                : Optional.empty();
    }

    /// What one of several holders may take of a number of places.
    private static int share(int places) {
        return places - places / 4;
    }

    /// In their turn. Whoever has its share already is passed by others, not by its own later requests; whoever only needs more
    /// room than there is keeps all others waiting.
    private void callNext() {
        for (var next = line.next(this::hasShare, this::hasRoom);
                next.isPresent();
                next = line.next(this::hasShare, this::hasRoom)) {
            run(next.get());
        }
    }

    private void run(Ticket ticket) {
        running += ticket.places;
        runningOf.merge(ticket.holder.principal(), ticket.places, Integer::sum);
        ticket.call();
    }

    /// The time after which a place is likely: that of the whole line at the usual pace.
    private Refused refusal(String reason) {
        lock.lock();
        try {
            var seconds = Math.round(Math.ceil(usualSeconds * (line.size() + 1) / mostRunning));
            return new Refused(
                    Failure.busy(
                            reason + ": try again later.",
                            Math.clamp(seconds, 1, LONGEST_RETRY_SECONDS)));
        } finally {
            lock.unlock();
        }
    }

    private void leave(Ticket ticket) {
        lock.lock();
        try {
            if (!line.remove(ticket)) {
                usualSeconds = 0.9 * usualSeconds + 0.1 * ticket.seconds();
                running -= ticket.places;
                runningOf.computeIfPresent(
                        ticket.holder.principal(),
                        (_, count) -> count > ticket.places ? count - ticket.places : null);
            }
            callNext();
            if (running == 0 && line.size() == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// A place, or one's turn in the line; closing it gives it to the next.
    final class Ticket implements Line.Waiting, AutoCloseable {
        private final CountDownLatch called = new CountDownLatch(1);
        private final Holder holder;
        private final String flow;
        private final int places;
        private final long tokens;
        private long calledAt;
        private boolean closed;

        private Ticket(Holder holder, int places, long tokens) {
            this.holder = holder;
            this.flow = holder.flow();
            this.places = places;
            this.tokens = Math.clamp(tokens, 1, MOST_TOKENS);
        }

        @Override
        public String flow() {
            return flow;
        }

        @Override
        public Object holder() {
            return holder.principal();
        }

        @Override
        public long cost() {
            return tokens;
        }

        /// Says how many tokens it took in the end.
        void took(long count) {
            lock.lock();
            try {
                line.giveBack(flow, tokens - count);
            } finally {
                lock.unlock();
            }
        }

        private void call() {
            calledAt = System.nanoTime();
            called.countDown();
        }

        private double seconds() {
            return (System.nanoTime() - calledAt) / 1e9;
        }

        private boolean isCalledWithin(Duration time) {
            try {
                return called.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused(Failure.stopping());
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                leave(this);
            }
        }
    }
}
