package dev.sartor.retrieve;

import java.util.List;

/// What became of a folder's files.
///
/// @param parsed how many gave text
/// @param unreadable the others, in the order of their paths
public record ParseReport(int parsed, List<Unreadable> unreadable) {
    public ParseReport {
        unreadable = List.copyOf(unreadable);
    }

    /// @param reason why, and what can be done
    public record Unreadable(String path, String reason) {
        @Override
        public String toString() {
            return path + ": " + reason;
        }
    }

    /// One line with the count, and one for each file that was left out.
    public List<String> lines() {
        if (unreadable.isEmpty()) {
            return List.of(parsed + " documents read");
        }
        var lines = new java.util.ArrayList<String>();
        lines.add(parsed + " documents read, " + unreadable.size() + " left out:");
        unreadable.forEach(file -> lines.add("  " + file));
        return lines;
    }
}
