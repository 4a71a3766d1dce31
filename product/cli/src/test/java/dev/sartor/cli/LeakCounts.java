package dev.sartor.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Counts cases, and what was shown in them that the asker may not read.
public final class LeakCounts {
    private static final Pattern MARKER = Pattern.compile("(?<![\\p{L}\\p{N}])[ptx]\\d+(?!\\p{N})");
    private static final int MOST_EXAMPLES = 3;

    /// Of one kind of cases.
    ///
    /// @param leaks cases in which something was shown that may not be
    /// @param missing cases in which something was not shown that may be, or a count was wrong
    /// @param failed cases in which the question failed
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

    private final Map<String, Counts> kinds = new TreeMap<>();
    private final Map<String, List<String>> examples = new TreeMap<>();
    private long first;

    /// One case.
    ///
    /// @param own what the asker said himself, which is no leak
    /// @param shown all that came out
    /// @param missing what did not and should have, or was wrong
    /// @param isFailed whether it ended otherwise than it should
    public void count(
            String kind,
            String own,
            Set<String> allowed,
            String shown,
            List<String> missing,
            boolean isFailed) {
        var foreign = new HashSet<String>();
        var found = MARKER.matcher(own.isEmpty() ? shown : shown.replace(own, " "));
        while (found.find()) {
            foreign.add(found.group());
        }
        foreign.removeAll(allowed);
        note(kind + ": leak", foreign.isEmpty(), own + " showed " + foreign);
        note(kind + ": missing", missing.isEmpty(), own + ": " + missing);
        note(kind + ": failed", !isFailed, shown.length() > 400 ? shown.substring(0, 400) : shown);
        kinds.merge(
                kind,
                new Counts(
                        1, foreign.isEmpty() ? 0 : 1, missing.isEmpty() ? 0 : 1, isFailed ? 1 : 0),
                Counts::plus);
        if (first == 0 && !all().isClean()) {
            first = all().cases();
        }
    }

    /// The number of the first case that found something, the first having 1; 0 where none did.
    long first() {
        return first;
    }

    private void note(String what, boolean isFine, String example) {
        var noted = examples.computeIfAbsent(what, _ -> new ArrayList<>());
        if (!isFine && noted.size() < MOST_EXAMPLES) {
            noted.add(example);
        }
        if (noted.isEmpty()) {
            examples.remove(what);
        }
    }

    Map<String, Counts> kinds() {
        return new TreeMap<>(kinds);
    }

    Map<String, List<String>> examples() {
        return new TreeMap<>(examples);
    }

    Counts all() {
        return kinds.values().stream().reduce(new Counts(0, 0, 0, 0), Counts::plus);
    }
}
