package dev.sartor.cli.adapter;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Folders;
import dev.sartor.model.adapter.AdapterVersion;
import dev.sartor.serve.AdapterStore;
import dev.sartor.serve.ServedAdapter;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One version of an adapter that was attached, in a folder that nobody writes to again. When another has taken its place, it
/// stays until the last request that began with it has ended; then its slot is freed and its folder deleted. Thread-safe.
public final class AttachedVersion implements ServedAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedVersion.class);

    private final AdapterStore.Attached described;
    private final AdapterVersion version;
    private final Consumer<AdapterVersion> forget;
    private final ReentrantLock lock = new ReentrantLock();
    private int holds;
    private boolean isRetired;

    /// @param forget frees its slot
    AttachedVersion(
            AdapterStore.Attached described,
            AdapterVersion version,
            Consumer<AdapterVersion> forget) {
        this.described = described;
        this.version = version;
        this.forget = forget;
    }

    public AdapterStore.Attached described() {
        return described;
    }

    /// What a slot is to hold.
    public AdapterVersion version() {
        return version;
    }

    @Override
    public String digest() {
        return described.digest();
    }

    @Override
    public Optional<Hold> hold() {
        lock.lock();
        try {
            if (isRetired) {
                return Optional.empty();
            }
            holds++;
        } finally {
            lock.unlock();
        }
        var isHeld = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (isHeld.getAndSet(false)) {
                change(-1, false);
            }
        });
    }

    /// Nobody is given it any more.
    void retire() {
        change(0, true);
    }

    private void change(int by, boolean retires) {
        boolean isOver;
        lock.lock();
        try {
            boolean wasOver = isRetired && holds == 0;
            holds += by;
            isRetired |= retires;
            isOver = isRetired && holds == 0 && !wasOver;
        } finally {
            lock.unlock();
        }
        if (isOver) {
            end();
        }
    }

    /// An answer that was made is sent whatever becomes of this.
    private void end() {
        try {
            forget.accept(version);
            Folders.delete(version.folder());
            AttachedAdapters.deleteIfEmpty(version.folder().resolve("..").normalize());
        } catch (IOException | SartorException e) {
            LOG.warn("{} is left behind, and is deleted at the next start", version.folder(), e);
        }
    }
}
