package dev.sartor.constrain.automaton;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Two automata side by side: the words of both, or those of the first that the second does not take. Pairs of states
/// are made as they are reached.
final class Product {
    private final Steps first;
    private final Steps second;
    private final boolean both;
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<Long> pairs = new ArrayList<>();
    private final Automaton.Builder made = new Automaton.Builder();

    /// Edges of the second's state.
    private final List<int[]> others = new ArrayList<>();

    /// @param both whether the words of both are wanted
    Product(Steps first, Steps second, boolean both) {
        this.first = first;
        this.second = second;
        this.both = both;
    }

    Automaton automaton() {
        number(0, 0);
        for (int i = 0; i < pairs.size(); i++) {
            int one = (int) (pairs.get(i) >> 32);
            int two = pairs.get(i).intValue();
            made.state(
                    first.accepts(one) && (two != Automaton.DEAD && second.accepts(two)) == both);
            others.clear();
            if (two != Automaton.DEAD) {
                second.forEachEdge(
                        two, (low, high, target) -> others.add(new int[] {low, high, target}));
            }
            first.forEachEdge(one, this::edges);
        }
        return made.automaton();
    }

    /// An edge of the first's state, cut where the second's edges begin and end.
    private void edges(int low, int high, int target) {
        FormBudget.steps(4L + others.size());
        int from = low;
        for (var other : others) {
            if (other[1] < from || other[0] > high) {
                continue;
            }
            edge(from, other[0] - 1, target, Automaton.DEAD);
            int begin = Math.max(from, other[0]);
            int end = Math.min(high, other[1]);
            edge(begin, end, target, other[2]);
            from = end + 1;
        }
        edge(from, high, target, Automaton.DEAD);
    }

    private void edge(int low, int high, int one, int two) {
        if (low <= high && !(both && two == Automaton.DEAD)) {
            made.edge(low, high, number(one, two));
        }
    }

    private int number(int one, int two) {
        long pair = ((long) one << 32) | (two & 0xffff_ffffL);
        var known = numbers.get(pair);
        if (known != null) {
            return known;
        }
        FormBudget.members(20); // a boxed pair, its number and the table's entry
        numbers.put(pair, pairs.size());
        pairs.add(pair);
        return pairs.size() - 1;
    }
}
