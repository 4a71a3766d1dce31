package dev.sartor.tensor.group;

import java.util.concurrent.locks.LockSupport;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.StringVector;

/// Carries addresses from a rank's own store to the other ranks and theirs into it, while the process group that reads the store
/// is being connected. The store is a file of this process alone.
final class StoreRelay implements AutoCloseable {
    private static final long PAUSE_NANOS = 2_000_000;

    private final FileStore store;
    private final int rank;
    private final int size;
    private final Addresses addresses;
    private final Thread thread;
    private volatile boolean closed;

    StoreRelay(FileStore store, int rank, int size, Addresses addresses) {
        this.store = store;
        this.rank = rank;
        this.size = size;
        this.addresses = addresses;
        this.thread =
                Thread.ofPlatform().name("sartor-rank-addresses").daemon().unstarted(this::carry);
    }

    void begin() {
        thread.start();
    }

    /// Where c10d's Gloo keeps a rank's address: under the number of its device, of which there is one.
    private static String key(int rank) {
        return "0/" + rank;
    }

    private void carry() {
        try (var keys = new StringVector(key(rank))) {
            while (!store.check(keys)) {
                if (closed) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        var all = addresses.exchange(bytes(store.get(key(rank))));
        for (int other = 0; other < size && !closed; other++) {
            if (other != rank) {
                try (var value = new ByteVector(all.get(other))) {
                    store.set(key(other), value);
                }
            }
        }
    }

    private static byte[] bytes(ByteVector value) {
        try (value) {
            var bytes = new byte[Math.toIntExact(value.size())];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = value.get(i);
            }
            return bytes;
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
