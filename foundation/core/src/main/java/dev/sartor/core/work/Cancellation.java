package dev.sartor.core.work;

import java.util.concurrent.atomic.AtomicBoolean;

/// A wish to stop, asked once and seen by the work at its next safe point. Thread-safe.
public final class Cancellation {
    private final AtomicBoolean asked = new AtomicBoolean();

    public void ask() {
        asked.set(true);
    }

    public boolean isAsked() {
        return asked.get();
    }
}
