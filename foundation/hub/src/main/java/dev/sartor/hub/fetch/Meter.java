package dev.sartor.hub.fetch;

import dev.sartor.core.work.Progress;

/// Turns how far a file is into a step's advance. A file that is begun anew does not move the bar back. Thread-safe.
public final class Meter {
    private final Progress.Step step;
    private long highest;

    public Meter(Progress.Step step) {
        this.step = step;
    }

    /// Bytes of the file that are there.
    synchronized void at(long done) {
        if (done > highest) {
            step.advance(done - highest);
            highest = done;
        }
    }
}
