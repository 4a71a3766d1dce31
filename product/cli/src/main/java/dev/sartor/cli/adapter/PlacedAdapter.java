package dev.sartor.cli.adapter;

import dev.sartor.core.file.Sha256;
import dev.sartor.model.adapter.AdapterVersion;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.serve.ServedAdapter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// One version of an adapter that somebody put into a folder, who may write it anew: a request that finds it changed when a slot
/// is free is told to ask again.
public record PlacedAdapter(AdapterVersion version, Digests digests) implements ServedAdapter {
    @Override
    public String digest() {
        return digests.of(version);
    }

    @Override
    public Optional<Hold> hold() {
        return Optional.of(() -> {});
    }

    /// The digests of versions, each computed when it is first asked for. Thread-safe.
    public static final class Digests {
        private static final int MOST = 4096;

        private final ReentrantLock lock = new ReentrantLock();
        private final Map<AdapterVersion, String> known = new LinkedHashMap<>(16, 0.75f, true);

        String of(AdapterVersion version) {
            return known(version)
                    .orElseGet(() -> {
                        var digest =
                                Sha256.ofReadable(version.folder().resolve(PeftFolder.WEIGHTS));
                        version.refuseIfChanged();
                        keep(version, digest);
                        return digest;
                    });
        }

        private Optional<String> known(AdapterVersion version) {
            lock.lock();
            try {
                return Optional.ofNullable(known.get(version));
            } finally {
                lock.unlock();
            }
        }

        private void keep(AdapterVersion version, String digest) {
            lock.lock();
            try {
                known.put(version, digest);
                if (known.size() > MOST) {
                    known.remove(known.keySet().iterator().next());
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
