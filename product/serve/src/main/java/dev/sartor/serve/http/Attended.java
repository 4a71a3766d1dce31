package dev.sartor.serve.http;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Work for a client that may go away: it has a place, and a thread of its own, while the request's thread looks whether
/// somebody still waits for it. As soon as nobody does, the work is interrupted and the place free. The work's thread is
/// the system's: what only computes would keep Java's few carriers of virtual threads from everybody else.
public final class Attended {
    private static final long GLANCE_MILLIS = 20;

    private final Admission admission;
    private final Admission.Holder holder;
    private final int places;
    private final BooleanSupplier isGone;

    /// @param places one for each answer that is made
    /// @param isGone whether the client went away; looked at by the request's thread alone
    public Attended(Admission admission, Caller caller, int places, BooleanSupplier isGone) {
        this.admission = admission;
        this.holder = caller.holder();
        this.places = places;
        this.isGone = isGone;
    }

    /// Waits for a place, and for the work.
    ///
    /// @throws ClientGone where nobody waits for it any more
    /// @throws Refused where there is no place, or the server stops
    public <T> T run(Supplier<T> work) {
        try (var _ = admission.enter(holder, places, this::refuseIfGone)) {
            return done(work);
        }
    }

    /// Waits for the work, where there is a place and no request waits for one.
    ///
    /// @return empty where it was not begun
    public <T> Optional<T> runIfNobodyWaits(Supplier<T> work) {
        var place = admission.enterIfNobodyWaits(holder, places);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try (var _ = place.get()) {
            return Optional.of(done(work));
        }
    }

    private <T> T done(Supplier<T> work) {
        var task = new FutureTask<T>(work::get);
        var thread = Thread.ofPlatform().name("sartor-answer").daemon().start(task);
        try {
            return result(task);
        } finally {
            end(thread);
        }
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
