package dev.sartor.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Collects everything wrong with an input, so that the user sees all of it at once: of each file the first 20, and the first
/// of each kind; the rest is counted by kind, so that a file with a bad line after another takes no more memory. Not
/// thread-safe.
public final class Problems {
    private static final int MOST_SHOWN = 50;
    private static final int MOST_OF_A_FILE = 20;
    private static final int MOST_KINDS = 20;
    private static final String OTHERS = "others";

    private final List<String> shown = new ArrayList<>();
    private final Map<String, InFile> files = new LinkedHashMap<>();
    private long count;

    /// What one file has had so far.
    private static final class InFile {
        private final Set<String> kinds = new HashSet<>();
        private final Map<String, Long> hidden = new LinkedHashMap<>();
        private int shown;

        boolean admits(String kind) {
            boolean isNew = kinds.size() < MOST_KINDS && kinds.add(kind);
            if (shown < MOST_OF_A_FILE || isNew) {
                shown++;
                return true;
            }
            hidden.merge(kinds.contains(kind) ? kind : OTHERS, 1L, Long::sum);
            return false;
        }

        /// Empty where nothing is hidden.
        List<String> rest() {
            long more = hidden.values().stream().mapToLong(Long::longValue).sum();
            if (more == 0) {
                return List.of();
            }
            return List.of(
                    hidden.size() == 1
                            ? String.format(
                                    Locale.ROOT,
                                    "and %,d more of this kind: %s",
                                    more,
                                    hidden.keySet().iterator().next())
                            : String.format(
                                    Locale.ROOT,
                                    "and %,d more: %s",
                                    more,
                                    hidden.entrySet().stream()
                                            .map(each ->
                                                    String.format(
                                                            Locale.ROOT,
                                                            "%,d × %s",
                                                            each.getValue(),
                                                            each.getKey()))
                                            .collect(Collectors.joining("; "))));
        }
    }

    /// @param where what the problem is in, such as `sartor.yaml:14` or `train.jsonl:7`
    public void add(String where, String what) {
        count++;
        var file = where.replaceFirst(":[0-9]+$", "");
        if (files.computeIfAbsent(file, _ -> new InFile()).admits(kind(what))) {
            shown.add(where + ": " + what);
        }
    }

    /// The first clause, without what differs from row to row: what is quoted, and numbers.
    private static String kind(String what) {
        var plain = what.replaceAll("'[^']*'", "'…'").replaceAll("(?<![A-Za-z-])[0-9]+", "N");
        return plain.split("[;:,.](\\s|$)", 2)[0];
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /// How many were added, whether they are listed or counted alone.
    public long count() {
        return count;
    }

    /// What is listed, then a line for each file of which more is counted alone.
    public List<String> all() {
        var all = new ArrayList<>(shown);
        files.forEach(
                (file, problems) -> problems.rest().forEach(rest -> all.add(file + ": " + rest)));
        return List.copyOf(all);
    }

    /// Throws a user's error that lists every problem (the first 50 lines in full, the rest counted).
    public void throwIfAny() {
        if (count == 0) {
            return;
        }
        var lines =
                new ArrayList<>(shown.size() <= MOST_SHOWN ? all() : shown.subList(0, MOST_SHOWN));
        if (shown.size() > MOST_SHOWN) {
            lines.add(String.format(Locale.ROOT, "… and %,d more", count - MOST_SHOWN));
        }
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%,d %s; nothing was started.",
                        count,
                        count == 1 ? "problem" : "problems"));
        throw SartorException.user(String.join("\n", lines));
    }

    /// Refuses one value: `setting must be rule, got value. advice.`
    public static void refuseUnless(
            boolean holds, String setting, String rule, Object value, String advice) {
        if (!holds) {
            throw SartorException.user(
                    setting + " must be " + rule + ", got " + value + ": " + advice);
        }
    }
}
