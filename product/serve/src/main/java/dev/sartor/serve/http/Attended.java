package dev.sartor.serve.http;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Work for a client that may go away: it has what it may take, a place, and a thread of its own, while the request's thread looks whether
/// somebody still waits for it. As soon as nobody does, the work is interrupted and the place free. The work's thread is
/// the system's: what only computes would keep Java's few carriers of virtual threads from everybody else.
public final class Attended {
    private static final long GLANCE_MILLIS = 20;

    private final Admission admission;
    private final Metering metering;
    private final Caller caller;
    private final Demand demand;
    private final BooleanSupplier isGone;

    /// @param isGone whether the client went away; looked at by the request's thread alone
    public Attended(Doors doors, Caller caller, Demand demand, BooleanSupplier isGone) {
        this.admission = doors.admission();
        this.metering = doors.metering();
        this.caller = caller;
        this.demand = demand;
        this.isGone = isGone;
    }

    /// Waits until it may have what it can take, for a place, and for the work.
    ///
    /// @param work counts what it takes while it goes on
    /// @throws ClientGone where nobody waits for it any more
    /// @throws Refused where there is no place, or the server stops
    /// @throws dev.sartor.serve.quota.QuotaExceeded where the caller may not have so much
    public <T> T run(Function<Tally, T> work) {
        try (var held = metering.hold(caller, demand, this::refuseIfOver);
                var ticket =
                        admission.enter(
                                caller.holder(),
                                demand.places(),
                                demand.likely(),
                                this::refuseIfGone)) {
            return done(work, held, ticket);
        }
    }

    /// Waits for the work, where there is a place and no request waits for one.
    ///
    /// @return empty where it was not begun
    /// @throws dev.sartor.serve.quota.QuotaExceeded where the caller may not have so much
    public <T> Optional<T> runIfNobodyWaits(Function<Tally, T> work) {
        try (var held = metering.hold(caller, demand, this::refuseIfOver)) {
            var place = admission.enterIfNobodyWaits(caller.holder(), demand.places());
            if (place.isEmpty()) {
                return Optional.empty();
            }
            try (var ticket = place.get()) {
                return Optional.of(done(work, held, ticket));
            }
        }
    }

    private <T> T done(Function<Tally, T> work, Metering.Held held, Admission.Ticket ticket) {
        var task = new FutureTask<T>(() -> work.apply(held.tally()));
        var thread = Thread.ofPlatform().name("sartor-answer").daemon().start(task);
        try {
            return result(task);
        } finally {
            end(thread);
            ticket.took(held.taken().tokens());
        }
    }

    private void refuseIfOver() {
        refuseIfGone();
        admission.refuseIfCut();
    }

    private <T> T result(FutureTask<T> task) {
        while (true) {
            try {
                return task.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                refuseIfGone();
                admission.refuseIfCut();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused(Failure.stopping());
            } catch (ExecutionException e) {
                throw thrown(e);
            }
        }
    }

    private static RuntimeException thrown(ExecutionException failure) {
        return switch (failure.getCause()) {
            case Error error -> throw error;
            case RuntimeException unchecked -> unchecked;
            case null, default -> SartorException.defect("no answer was made", failure);
        };
    }

    /// The place is free when nothing is computed in it any more.
    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseIfGone() {
        if (isGone.getAsBoolean()) {
            throw new ClientGone(new IOException("its connection is closed"));
        }
    }
}
