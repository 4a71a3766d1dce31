package dev.sartor.core;

import java.util.ArrayList;
import java.util.List;

/// Collects everything wrong with an input, so that the user sees all of it at once. Not thread-safe.
public final class Problems {
    private static final int MOST_SHOWN = 50;

    private final List<String> found = new ArrayList<>();

    /// @param where what the problem is in, such as `sartor.yaml:14` or `train.jsonl:7`
    public void add(String where, String what) {
        found.add(where + ": " + what);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<String> all() {
        return List.copyOf(found);
    }

    /// Throws a user's error that lists every problem (the first 50 in full, the rest counted).
    public void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        var lines = new ArrayList<>(found.subList(0, Math.min(MOST_SHOWN, found.size())));
        if (found.size() > MOST_SHOWN) {
            lines.add("… and " + (found.size() - MOST_SHOWN) + " more");
        }
        lines.add(
                found.size()
                        + (found.size() == 1 ? " problem" : " problems")
                        + "; nothing was started.");
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
