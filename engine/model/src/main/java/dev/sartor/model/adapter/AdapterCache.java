package dev.sartor.model.adapter;

import dev.sartor.core.SartorException;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Adapters that stay on disk and come into a pool's slots when they are asked for. When all slots are taken, the one
/// that was used least recently and that no running row uses makes room. Safe for concurrent callers.
public final class AdapterCache {
    private final Network network;
    private final AdapterPool pool;

    /// In the order of their last use. Only touched on the engine's thread.
    private final Map<Version, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    /// A folder written anew is another adapter; rows that use the old one keep it.
    private record Version(Path folder, FileTime weights, FileTime settings) {}

    private static final class Held {
        private final int slot;
        private int leases;

        Held(int slot) {
            this.slot = slot;
        }
    }

    /// @param pool of the network, filled by this cache alone
    public AdapterCache(Network network, AdapterPool pool) {
        this.network = network;
        this.pool = pool;
    }

    /// An adapter that stays in its slot until this is closed.
    public static final class Lease implements AutoCloseable {
        private final Held held;
        private boolean closed;

        private Lease(Held held) {
            this.held = held;
            held.leases++;
        }

        public int slot() {
            return held.slot;
        }

        /// The same for all leases of one adapter, and of no other.
        public Object identity() {
            return held;
        }

        @Override
        public void close() {
            Engine.run(() -> {
                held.leases -= closed ? 0 : 1;
                closed = true;
            });
        }
    }

    /// Puts the adapter of a PEFT folder into a slot, unless it is there.
    ///
    /// @return empty while every slot is leased to other adapters
    /// @throws SartorException a user's error when the folder holds no adapter for this network
    public Optional<Lease> lease(Path folder) {
        var version = version(folder);
        var found = Engine.call(() -> Optional.ofNullable(held.get(version)).map(Lease::new));
        if (found.isPresent() || Engine.call(this::freeable).isEmpty()) {
            return found;
        }
        // The file is read on the caller's thread, so that running rows go on meanwhile.
        try (var stored = PeftFolder.open(version.folder())) {
            return Engine.call(() -> attached(version, stored).map(Lease::new));
        }
    }

    private Optional<Held> attached(Version version, PeftFolder stored) {
        if (!held.containsKey(version) && freeable().isPresent()) {
            try (var _ = TensorScope.open();
                    var adapter = stored.adapter(network)) {
                int slot = freeable().orElseThrow();
                pool.attach(slot, adapter);
                held.values().removeIf(each -> each.slot == slot);
                held.put(version, new Held(slot));
            }
        }
        return Optional.ofNullable(held.get(version));
    }

    private OptionalInt freeable() {
        var free = pool.free();
        return free.isPresent()
                ? free
                : held.values().stream()
                        .filter(each -> each.leases == 0)
                        .mapToInt(each -> each.slot)
                        .findFirst();
    }

    private static Version version(Path folder) {
        try {
            return new Version(
                    folder.toAbsolutePath().normalize(),
                    Files.getLastModifiedTime(folder.resolve(PeftFolder.WEIGHTS)),
                    Files.getLastModifiedTime(folder.resolve(PeftConfig.NAME)));
        } catch (IOException e) {
            throw SartorException.user(
                    "no adapter can be read at "
                            + folder
                            + ": name a folder that `sartor tune` or PEFT's save_pretrained wrote",
                    e);
        }
    }
}
