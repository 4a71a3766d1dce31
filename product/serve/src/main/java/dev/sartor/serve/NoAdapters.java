package dev.sartor.serve;

import dev.sartor.core.SartorException;
import java.util.List;
import java.util.Optional;

/// A server without a folder for adapters.
record NoAdapters() implements AdapterStore {
    @Override
    public List<Attached> all() {
        return List.of();
    }

    @Override
    public Optional<Attached> find(String name) {
        return Optional.empty();
    }

    @Override
    public long mostBytes() {
        return 0;
    }

    @Override
    public Attached attach(Wanted wanted) {
        throw SartorException.user(
                "this server takes no adapters: its keeper starts it with --model and --adapters FOLDER for that.");
    }

    @Override
    public boolean detach(String name, Runnable beforeItCounts) {
        return false;
    }
}
