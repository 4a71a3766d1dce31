package dev.sartor.hub;

import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Progress that remembers what it was told.
public final class Recorded implements Progress {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicLong advanced = new AtomicLong();

    public List<String> steps() {
        return steps;
    }

    public List<String> lines() {
        return lines;
    }

    public long advanced() {
        return advanced.get();
    }

    @Override
    public Step begin(String what, long total, String unit) {
        steps.add(what + " " + total + " " + unit);
        return new Step() {
            @Override
            public void advance(long units) {
                advanced.addAndGet(units);
            }

            @Override
            public void note(String text) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void say(String line) {
        lines.add(line);
    }
}
