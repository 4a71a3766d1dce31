package dev.sartor.documents;

import java.util.ArrayList;
import java.util.List;

/// What became of a folder's files.
///
/// @param parsed how many gave text
/// @param unreadable the others, in the order of their paths
/// @param hidden what was left out of all of them as nobody sees it
public record ParseReport(int parsed, List<Unreadable> unreadable, HiddenText hidden) {
    public ParseReport {
        unreadable = List.copyOf(unreadable);
    }

    /// With nothing left out.
    public ParseReport(int parsed, List<Unreadable> unreadable) {
        this(parsed, unreadable, HiddenText.none());
    }

    /// @param reason why, and what can be done
    public record Unreadable(String path, String reason) {
        @Override
        public String toString() {
            return path + ": " + reason;
        }
    }

    /// Whether there is more to say than how many were read.
    public boolean hasNotes() {
        return !unreadable.isEmpty() || !hidden.isNone();
    }

    /// One line with the count, one for each file that was left out, and one for hidden text.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                unreadable.isEmpty()
                        ? parsed + " documents read"
                        : parsed + " documents read, " + unreadable.size() + " left out:");
        unreadable.forEach(file -> lines.add("  " + file));
        if (!hidden.isNone()) {
            lines.add("hidden text was left out: " + hidden);
        }
        return lines;
    }
}
