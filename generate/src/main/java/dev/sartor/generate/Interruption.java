package dev.sartor.generate;

import dev.sartor.core.SartorException;

/// Ends work between two visits to the engine once nobody waits for it.
final class Interruption {
    private Interruption() {}

    /// @throws SartorException where the thread is interrupted; its flag stays set
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw SartorException.stopped("interrupted while it was computed");
        }
    }
}
