package dev.sartor.generate;

import dev.sartor.core.Responder;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.generate.schedule.Scheduler;
import dev.sartor.model.adapter.AdapterCache;
import dev.sartor.model.adapter.AdapterPool;
import dev.sartor.model.adapter.AdapterVersion;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Responders with different adapters over one network, whose rows share its passes. Adapters stay on disk and come into a
/// slot when they are asked for; a question waits while all slots are taken by others that are being answered. Safe for
/// concurrent callers.
public final class AdapterResponders implements AutoCloseable {
    private static final long HEADER_ROOM = 16L << 20;

    private final LanguageModel model;
    private final AdapterPool pool;
    private final AdapterCache cache;
    private final Scheduler scheduler;
    private final int slots;
    private final long bytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// How many leases were given back.
    private long givenBack;

    private boolean closed;

    /// @param slots adapters that can be on at the same time
    /// @param rank the highest rank of any of them
    AdapterResponders(LanguageModel model, int slots, int rank) {
        this.model = model;
        this.slots = slots;
        this.pool =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return new AdapterPool(model.decoder(), slots, rank);
                    }
                });
        this.bytes = AdapterPool.bytes(model.decoder(), slots, rank);
        this.cache = new AdapterCache(model.decoder(), pool);
        this.scheduler = model.scheduler(pool::rows);
    }

    /// Memory that the slots take.
    public long bytes() {
        return bytes;
    }

    /// Memory that keys and values take by now: pages take memory once they are written to, and are used again.
    public long touchedBytes() {
        return scheduler.touchedBytes();
    }

    /// A responder with the adapter of a PEFT folder on; closing it changes nothing.
    ///
    /// @throws SartorException a user's error when the folder's adapter does not fit, from the first question on
    public Responder responder(Path folder) {
        return new LocalResponder(model, generator(Optional.of(folder)), () -> {});
    }

    /// A responder with one version of a folder's adapter on; closing it changes nothing.
    ///
    /// @throws SartorException a user's error when the adapter does not fit, and something missing where the folder was written
    ///     anew, from the first question on
    public Responder responder(AdapterVersion version) {
        return new LocalResponder(model, generator(slots(() -> cache.lease(version))), () -> {});
    }

    /// Lets the slot of a version that nobody asks for any more make room before all others, when its last answer has ended.
    public void forget(AdapterVersion version) {
        cache.forget(version);
    }

    /// Reads a folder's adapter as if it were to answer.
    ///
    /// @throws SartorException a user's error that says why it could not
    public void refuseUnfit(Path folder) {
        cache.refuseUnfit(folder);
    }

    /// The largest file of weights that an adapter can have which fits a slot, with room for its header and for magnitudes and biases.
    public long mostFileBytes() {
        return Float.BYTES * (bytes / slots) + HEADER_ROOM;
    }

    /// A responder with no adapter on, whose rows share the same passes.
    public Responder bare() {
        return new LocalResponder(model, generator(Optional.empty()), () -> {});
    }

    public Generator generator(Optional<Path> folder) {
        return generator(
                folder.map(path -> slots(() -> cache.lease(path))).orElseGet(AdapterSlots::same));
    }

    private Generator generator(AdapterSlots from) {
        return new Generator(scheduler, model.contextLength(), from);
    }

    /// @param asked for a slot; empty while all are taken
    private AdapterSlots slots(Supplier<Optional<AdapterCache.Lease>> asked) {
        return () -> {
            while (true) {
                long seen = givenBack();
                var lease = asked.get();
                if (lease.isPresent()) {
                    var held = lease.get();
                    return new AdapterSlots.AdapterLease(
                            new Prompt.AdapterSlot(held.identity(), held.slot()),
                            () -> giveBack(held));
                }
                awaitAfter(seen);
            }
        };
    }

    private long givenBack() {
        lock.lock();
        try {
            return givenBack;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a lease was given back that was not when `seen` were.
    private void awaitAfter(long seen) throws InterruptedException {
        lock.lock();
        try {
            while (givenBack == seen) {
                if (closed) {
                    throw Scheduler.closedModel();
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(AdapterCache.Lease held) {
        held.close();
        lock.lock();
        try {
            givenBack++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        scheduler.close();
        pool.close();
    }
}
