package dev.sartor.constrain.automaton;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes an automaton deterministic by subsets of the other's states (Rabin and Scott 1959).
final class Subsets {
    private final Nfa nfa;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<Key> subsets = new ArrayList<>();
    private final Automaton.Builder made = new Automaton.Builder();

    Subsets(Nfa nfa) {
        this.nfa = nfa;
    }

    /// A set of states as it is kept: ascending, as pairs of a step and how often it is taken. Repetitions and long lists of
    /// what may be left out lead to sets of thousands of states at equal distances, one set for each of thousands of places.
    private record Key(int[] pairs, boolean start, int hash) {
        /// @param states sorted, each once
        /// @param start whether no letter came before
        static Key of(int[] states, boolean start) {
            var pairs = new int[16];
            int count = 0;
            int last = 0;
            for (int state : states) {
                int step = state - last;
                last = state;
                if (count > 0 && pairs[count - 2] == step) {
                    pairs[count - 1]++;
                    continue;
                }
                if (count == pairs.length) {
                    pairs = Arrays.copyOf(pairs, 2 * count);
                }
                pairs[count++] = step;
                pairs[count++] = 1;
            }
            var kept = Arrays.copyOf(pairs, count);
            return new Key(kept, start, 31 * Arrays.hashCode(kept) + (start ? 1 : 0));
        }

        int[] states() {
            int count = 0;
            for (int i = 1; i < pairs.length; i += 2) {
                count += pairs[i];
            }
            var states = new int[count];
            int last = 0;
            int at = 0;
            for (int i = 0; i < pairs.length; i += 2) {
                for (int time = 0; time < pairs[i + 1]; time++) {
                    last += pairs[i];
                    states[at++] = last;
                }
            }
            return states;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && hash == key.hash
                    && start == key.start
                    && Arrays.equals(pairs, key.pairs);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    Automaton automaton() {
        number(new int[] {0}, true);
        for (int i = 0; i < subsets.size(); i++) {
            var subset = subsets.get(i);
            var states = subset.states();
            made.state(nfa.accepts(states, subset.start));
            addEdges(states);
        }
        return made.automaton();
    }

    private void addEdges(int[] subset) {
        var edges = new ArrayList<Nfa.Edge>();
        for (int state : subset) {
            for (var edge : nfa.edges(state)) {
                if (!edge.isFree()) {
                    edges.add(edge);
                }
            }
        }
        var starts = starts(edges);
        var reached = new Members[starts.length];
        for (var edge : edges) {
            int place = Arrays.binarySearch(starts, edge.low());
            for (; starts[place] <= edge.high(); place++) {
                FormBudget.steps(1);
                reached[place] = reached[place] == null ? new Members() : reached[place];
                reached[place].add(edge.target());
            }
        }
        for (int i = 0; i < starts.length; i++) {
            if (reached[i] != null) {
                made.edge(starts[i], starts[i + 1] - 1, number(reached[i].states(), false));
            }
        }
    }

    /// Where runs of letters begin that no edge tells apart; the last begins behind all edges.
    private static int[] starts(List<Nfa.Edge> edges) {
        var all = new int[2 * edges.size()];
        for (int i = 0; i < edges.size(); i++) {
            all[2 * i] = edges.get(i).low();
            all[2 * i + 1] = edges.get(i).high() + 1;
        }
        FormBudget.steps(3L * all.length);
        Arrays.sort(all);
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[count++] = all[i];
            }
        }
        return Arrays.copyOf(all, count);
    }

    private int number(int[] states, boolean start) {
        var key = Key.of(nfa.closure(states, start, false), start);
        var known = numbers.get(key);
        if (known != null) {
            return known;
        }
        FormBudget.members(key.pairs.length + 16);
        numbers.put(key, subsets.size());
        subsets.add(key);
        return subsets.size() - 1;
    }

    /// States that one run of letters leads to.
    private static final class Members {
        private int[] states = new int[4];
        private int count;

        void add(int state) {
            if (count == states.length) {
                states = Arrays.copyOf(states, 2 * count);
            }
            states[count++] = state;
        }

        int[] states() {
            return Arrays.copyOf(states, count);
        }
    }
}
