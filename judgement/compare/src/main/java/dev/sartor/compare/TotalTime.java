package dev.sartor.compare;

import dev.sartor.compare.run.Figures;
import dev.sartor.core.work.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Shows beside each step how long all of a comparison will still take: the estimates of what is to come, by how much the
/// finished candidates differed from theirs. Safe for concurrent callers.
final class TotalTime implements Progress {
    /// How much faster or slower than estimated the rest may be taken to be.
    private static final double MOST = 5;

    private final Progress shown;
    private final LongSupplier nanos;
    private final Map<String, Double> expected = new LinkedHashMap<>();
    private final Map<String, Double> spent = new LinkedHashMap<>();
    private Optional<String> current = Optional.empty();
    private long begun;
    private double took;
    private double estimated;

    /// @param nanos the time, as {@link System#nanoTime}
    TotalTime(Progress shown, LongSupplier nanos) {
        this.shown = shown;
        this.nanos = nanos;
    }

    /// @param seconds of each candidate that is to be measured
    synchronized void expect(Map<String, Double> seconds) {
        expected.putAll(seconds);
    }

    synchronized void begin(String candidate) {
        current = Optional.of(candidate);
        begun = nanos.getAsLong();
    }

    /// The rest of it comes later.
    synchronized void pause(String candidate) {
        spent.merge(candidate, elapsed(), Double::sum);
        current = Optional.empty();
    }

    /// All of it is done.
    synchronized void end(String candidate) {
        if (current.filter(candidate::equals).isPresent()) {
            pause(candidate);
        }
        Optional.ofNullable(expected.remove(candidate))
                .ifPresent(seconds -> {
                    estimated += seconds;
                    took += spent.getOrDefault(candidate, 0.0);
                });
    }

    synchronized void leaveOut(String candidate) {
        expected.remove(candidate);
        current = current.filter(each -> !each.equals(candidate));
    }

    private double elapsed() {
        return (nanos.getAsLong() - begun) / 1e9;
    }

    /// Empty where nothing was estimated, or nothing is left of it.
    synchronized Optional<Double> left() {
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        double correction = estimated > 0 ? Math.clamp(took / estimated, 1 / MOST, MOST) : 1;
        double left = 0;
        for (var each : expected.entrySet()) {
            boolean isCurrent = current.filter(each.getKey()::equals).isPresent();
            double already = spent.getOrDefault(each.getKey(), 0.0) + (isCurrent ? elapsed() : 0);
            left += Math.max(0, each.getValue() * correction - already);
        }
        return Optional.of(left);
    }

    private String with(String note) {
        var left = left().map(seconds -> "all: about " + Figures.duration(seconds) + " left");
        return note.isEmpty() ? left.orElse("") : note + left.map(text -> ", " + text).orElse("");
    }

    @Override
    public Step begin(String what, long total, String unit) {
        return new Told(shown.begin(what, total, unit));
    }

    @Override
    public void say(String line) {
        shown.say(line);
    }

    private final class Told implements Step {
        private final Step step;
        private volatile String note = "";

        Told(Step step) {
            this.step = step;
            left().ifPresent(_ -> step.note(with("")));
        }

        @Override
        public void advance(long units) {
            left().ifPresent(_ -> step.note(with(note)));
            step.advance(units);
        }

        @Override
        public void note(String text) {
            note = text;
            step.note(with(text));
        }

        /// The summary says what the step came to.
        @Override
        public void close() {
            step.note(note);
            step.close();
        }
    }
}
