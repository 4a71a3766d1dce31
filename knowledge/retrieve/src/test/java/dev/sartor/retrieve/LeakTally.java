package dev.sartor.retrieve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Counts cases, and what was shown in them that the asker may not read. For one thread at a time, or in turn.
public final class LeakTally {
    private static final Pattern MARKER = Pattern.compile("(?<![\\p{L}\\p{N}])[ptx]\\d+(?!\\p{N})");
    private static final int MOST_EXAMPLES = 3;

    /// Of one kind of cases.
    ///
    /// @param leaks cases in which something was shown that may not be
    /// @param missing cases in which something was not shown that may be, or a count was wrong
    /// @param failed cases in which the question failed, be it by a check
    public record Counts(long cases, long leaks, long missing, long failed) {
        Counts plus(Counts other) {
            return new Counts(
                    cases + other.cases,
                    leaks + other.leaks,
                    missing + other.missing,
                    failed + other.failed);
        }

        boolean isClean() {
            return leaks + missing + failed == 0;
        }

        public boolean isEnough(long found) {
            return leaks + missing + failed >= found;
        }
    }

    /// What a case gave: everything that came out, and what was expected and is not there.
    public record Outcome(List<String> shown, List<String> missing) {}

    /// One case.
    @FunctionalInterface
    public interface Case {
        Outcome outcome();
    }

    private final Map<String, Counts> kinds = new TreeMap<>();
    private final Map<String, List<String>> examples = new TreeMap<>();
    private long first;

    /// @param question stands in what an echo says, and is no leak there
    /// @param allowed markers that may be shown
    public void judge(String kind, String question, Set<String> allowed, Case asked) {
        var foreign = new HashSet<String>();
        List<String> missing = List.of();
        boolean isFailed = false;
        try {
            var outcome = asked.outcome();
            outcome.shown().forEach(text -> foreign.addAll(markers(text, question)));
            missing = outcome.missing();
        } catch (RuntimeException e) {
            isFailed = true;
            foreign.addAll(markers(String.valueOf(e.getMessage()), question));
            note(kind + ": failed", e.toString());
        }
        foreign.removeAll(allowed);
        if (!foreign.isEmpty()) {
            note(kind + ": leak", question + " showed " + foreign);
        }
        if (!missing.isEmpty()) {
            note(kind + ": missing", question + ": " + missing);
        }
        add(
                kind,
                new Counts(
                        1, foreign.isEmpty() ? 0 : 1, missing.isEmpty() ? 0 : 1, isFailed ? 1 : 0));
    }

    private synchronized void add(String kind, Counts counts) {
        kinds.merge(kind, counts, Counts::plus);
        if (first == 0 && !counts.isClean()) {
            first = all().cases();
        }
    }

    /// The number of the first case that found something, the first having 1; 0 where none did.
    public synchronized long first() {
        return first;
    }

    private synchronized void note(String what, String example) {
        var noted = examples.computeIfAbsent(what, _ -> new ArrayList<>());
        if (noted.size() < MOST_EXAMPLES) {
            noted.add(example);
        }
    }

    public static Set<String> markers(String text, String question) {
        var markers = new HashSet<String>();
        var found = MARKER.matcher(text.replace(question, " "));
        while (found.find()) {
            markers.add(found.group());
        }
        return markers;
    }

    /// The markers of what lies at these paths.
    public static Set<String> markers(Map<String, LeakWorld.Content> contents) {
        var markers = new HashSet<String>();
        contents.forEach((path, content) -> {
            markers.add(path.substring(path.lastIndexOf('/') + 1, path.length() - 3));
            markers.add(content.title());
            content.texts().forEach(text -> markers.add(text.marker()));
        });
        return markers;
    }

    public synchronized Map<String, Counts> kinds() {
        return new TreeMap<>(kinds);
    }

    public synchronized Map<String, List<String>> examples() {
        return new TreeMap<>(examples);
    }

    public synchronized Counts all() {
        return kinds.values().stream().reduce(new Counts(0, 0, 0, 0), Counts::plus);
    }
}
