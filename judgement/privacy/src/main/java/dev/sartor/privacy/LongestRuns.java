package dev.sartor.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The longest run of tokens that a text has in common with any of many rows: a suffix automaton over the rows (Blumer et al. 1985), so
/// that a text is looked up in a time proportional to its length, whatever the rows hold.
final class LongestRuns {
    private static final int NONE = -1;

    private final List<Map<Integer, Integer>> next = new ArrayList<>();
    private int[] link = new int[16];
    private int[] length = new int[16];

    /// @param rows each by itself: no run goes over a row's end
    LongestRuns(List<int[]> rows) {
        add(0, NONE);
        for (var row : rows) {
            int last = 0;
            for (int token : row) {
                last = extended(last, token);
            }
        }
    }

    private int add(int long_, int linked) {
        int state = next.size();
        if (state == link.length) {
            link = Arrays.copyOf(link, 2 * state);
            length = Arrays.copyOf(length, 2 * state);
        }
        next.add(new HashMap<>(2));
        length[state] = long_;
        link[state] = linked;
        return state;
    }

    /// The state of all that was read with a token more.
    private int extended(int last, int token) {
        var known = next.get(last).get(token);
        if (known != null) {
            return length[known] == length[last] + 1 ? known : split(last, token, known);
        }
        int state = add(length[last] + 1, 0);
        int at = last;
        while (at != NONE && !next.get(at).containsKey(token)) {
            next.get(at).put(token, state);
            at = link[at];
        }
        if (at != NONE) {
            int target = next.get(at).getOrDefault(token, 0);
            // Before the assignment: a split may put the links into a longer array.
            int shorter = length[target] == length[at] + 1 ? target : split(at, token, target);
            link[state] = shorter;
        }
        return state;
    }

    /// A copy of a state for the shorter of what leads to it.
    private int split(int from, int token, int state) {
        int copy = add(length[from] + 1, link[state]);
        next.get(copy).putAll(next.get(state));
        link[state] = copy;
        int at = from;
        while (at != NONE && next.get(at).getOrDefault(token, NONE) == state) {
            next.get(at).put(token, copy);
            at = link[at];
        }
        return copy;
    }

    /// Tokens of the longest run; 0 where not even one is in common.
    int in(int[] text) {
        int longest = 0;
        int state = 0;
        int run = 0;
        for (int token : text) {
            while (state != 0 && !next.get(state).containsKey(token)) {
                state = link[state];
                run = length[state];
            }
            var onward = next.get(state).get(token);
            if (onward != null) {
                state = onward;
                run++;
            }
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
