package dev.sartor.cli.console;

import dev.sartor.compare.run.Figures;
import java.util.Locale;

/// How far a piece of work is and how long it will take. Times are in nanoseconds. Not thread-safe.
final class Pace {
    private static final int BAR = 24;

    private final String what;
    private final long total;
    private final String unit;
    private final long begun;
    private long done;
    private long before;
    private long counted = -1;
    private String note = "";

    /// @param total 0 where nobody knows
    Pace(String what, long total, String unit, long begun) {
        this.what = what;
        this.total = total;
        this.unit = unit;
        this.begun = begun;
    }

    long begun() {
        return begun;
    }

    /// The first units may stand for what an earlier run had done (a resumed download): the speed is that of the rest.
    void advance(long units, long now) {
        done += units;
        if (counted < 0) {
            counted = now;
            before = done;
        }
    }

    void note(String text) {
        note = text;
    }

    /// For a live line.
    String drawn(long now) {
        if (total <= 0) {
            return describe(now);
        }
        var full = Math.clamp(BAR * done / total, 0, BAR);
        return "━".repeat(full) + "╌".repeat(BAR - full) + " " + describe(now);
    }

    /// `what: 42 %, 126 of 300 rows, 1 min 20 s left, loss 1.23`
    String describe(long now) {
        var text = new StringBuilder(what).append(": ");
        if (total > 0) {
            text.append(100 * Math.min(done, total) / total).append(" %, ");
            text.append(amount(done, false)).append(" of ").append(amount(total, true));
        } else {
            text.append(amount(done, true));
        }
        var left = secondsLeft(now);
        if (left >= 0) {
            text.append(", ").append(Figures.duration(left)).append(" left");
        }
        return noted(text);
    }

    /// `what: 300 rows in 12 s, loss 1.23`
    String summary(long now) {
        var text = new StringBuilder(what).append(": ");
        if (done > 0) {
            text.append(amount(done, true))
                    .append(total > done ? " of " + amount(total, false) : "")
                    .append(" in ");
        }
        return noted(text.append(Figures.duration(seconds(now - begun))));
    }

    /// -1 where it cannot be told yet.
    private double secondsLeft(long now) {
        var fresh = done - before;
        if (total <= 0 || fresh <= 0 || done >= total || now <= counted) {
            return -1;
        }
        return seconds(now - counted) / fresh * (total - done);
    }

    private String amount(long units, boolean named) {
        if (unit.equals("bytes")) {
            return String.format(Locale.ROOT, "%.1f", units / 1048576.0) + (named ? " MiB" : "");
        }
        return String.format(Locale.ROOT, "%,d", units)
                + (named && !unit.isEmpty() ? " " + unit : "");
    }

    private String noted(StringBuilder text) {
        return (note.isEmpty() ? text : text.append(", ").append(note)).toString();
    }

    private static double seconds(long nanoseconds) {
        return nanoseconds / 1e9;
    }
}
