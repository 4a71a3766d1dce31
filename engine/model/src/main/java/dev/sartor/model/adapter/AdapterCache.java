package dev.sartor.model.adapter;

import dev.sartor.core.SartorException;
import dev.sartor.model.Linear;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraSettings;
import dev.sartor.model.network.ModuleNames;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Adapters that stay on disk and come into a pool's slots when they are asked for. When all slots are taken, the one
/// that was used least recently and that no running row uses makes room. Safe for concurrent callers.
public final class AdapterCache {
    private static final int MOST_PATTERNS = 1024;
    private static final Duration LONGEST_MATCHING = Duration.ofSeconds(1);

    private final Network network;
    private final AdapterPool pool;

    /// In the order of their last use. Only touched on the engine's thread.
    private final Map<AdapterVersion, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    /// A version in its slot. Rows that use one keep it when its folder is written anew.
    private static final class Held {
        private final int slot;
        private int leases;
        private boolean isForgotten;

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
        return lease(AdapterVersion.of(folder));
    }

    /// The same of one version of a folder, which a slot may still hold when the folder was written anew.
    ///
    /// @throws SartorException something is missing, where it was, and no slot holds the version any more
    public Optional<Lease> lease(AdapterVersion version) {
        var found = Engine.call(() -> Optional.ofNullable(held.get(version)).map(Lease::new));
        if (found.isPresent() || Engine.call(this::freeable).isEmpty()) {
            return found;
        }
        // The file is read on the caller's thread, so that running rows go on meanwhile.
        try (var stored = PeftFolder.open(version.folder())) {
            version.refuseIfChanged();
            return Engine.call(() -> attached(version, stored).map(Lease::new));
        }
    }

    private Optional<Held> attached(AdapterVersion version, PeftFolder stored) {
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
                : Stream.concat(
                                held.values().stream().filter(each -> each.isForgotten),
                                held.values().stream())
                        .filter(each -> each.leases == 0)
                        .mapToInt(each -> each.slot)
                        .findFirst();
    }

    /// Lets the slot of a version that nobody asks for any more make room before all others, when its last lease has ended. Until
    /// then, and until it is needed, it stays filled: a row that was just stopped may still be in a pass that is planned.
    public void forget(AdapterVersion version) {
        Engine.run(() ->
                Optional.ofNullable(held.get(version)).ifPresent(each -> each.isForgotten = true));
    }

    /// Loads a folder's adapter as for a slot, and lets it go.
    ///
    /// @throws SartorException a user's error that says why no slot could hold it, or that it holds what is no number
    public void refuseUnfit(Path folder) {
        try (var stored = PeftFolder.open(folder)) {
            refuseIntricate(stored.settings());
            Engine.run(() -> {
                try (var _ = TensorScope.open();
                        var adapter = stored.adapter(network)) {
                    pool.refuseUnfit(adapter.layout());
                    refuseNoNumbers(adapter);
                }
            });
        }
    }

    /// Patterns are tried on the caller's thread first: running rows do not wait for those that take long.
    private void refuseIntricate(LoraSettings settings) {
        var ranks = settings.ranks();
        int patterns = ranks.rankPattern().size() + ranks.alphaPattern().size();
        long until = System.nanoTime() + LONGEST_MATCHING.toNanos();
        for (var linear : patterns > MOST_PATTERNS ? List.<Linear>of() : network.linears()) {
            for (var part : linear.parts()) {
                settings.targets().select(part.module(), true, ModuleNames::none);
                ranks.of(part.module());
            }
            if (System.nanoTime() > until) {
                break;
            }
        }
        if (patterns > MOST_PATTERNS || System.nanoTime() > until) {
            throw SartorException.user(
                    "an adapter's target_modules, exclude_modules, rank_pattern and alpha_pattern must be at most "
                            + MOST_PATTERNS
                            + " patterns that take less than a second on all of the model's layers: write them more"
                            + " simply, as lists of layers");
        }
    }

    /// A norm is no number, or infinite, where one of its numbers is.
    private static void refuseNoNumbers(LoraAdapter adapter) {
        double norm = adapter.flat().to(DType.F32).norm().item();
        double scale =
                adapter.layout().parts().stream()
                        .mapToDouble(part -> Math.abs(part.scale()))
                        .max()
                        .orElse(0);
        if (!(norm * scale < Float.MAX_VALUE)) {
            throw SartorException.user(
                    "an adapter's weights must be finite numbers, and those of this one are not, or are too large:"
                            + " train it again, at a lower learning rate");
        }
    }
}
