package dev.sartor.generate.schedule;

import java.util.List;

/// Watches a text as it grows for the strings that end it, and holds back what may become one. Not thread-safe.
public final class StopText {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    public StopText(List<String> stops) {
        this.stops = stops.stream().filter(s -> !s.isEmpty()).toList();
    }

    /// Returns what can be said now.
    public String push(String piece) {
        held.append(piece);
        int first = -1;
        for (var stop : stops) {
            int at = held.indexOf(stop);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }
        if (first >= 0) {
            stopped = true;
            return take(first);
        }
        return take(held.length() - possible());
    }

    /// Returns what was held back.
    public String finish() {
        return stopped ? "" : take(held.length());
    }

    public boolean isStopped() {
        return stopped;
    }

    private String take(int length) {
        var said = held.substring(0, length);
        held.delete(0, length);
        return said;
    }

    /// The longest end of the text that begins a stop string.
    private int possible() {
        int most = 0;
        for (var stop : stops) {
            for (int n = Math.min(stop.length() - 1, held.length()); n > most; n--) {
                if (held.substring(held.length() - n).equals(stop.substring(0, n))) {
                    most = n;
                }
            }
        }
        return most;
    }
}
