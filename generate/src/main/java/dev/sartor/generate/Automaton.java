package dev.sartor.generate;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A deterministic automaton over an expression's letters; state 0 starts. Letters that no state tells apart are one
/// class. Immutable.
final class Automaton {
    static final int DEAD = -1;
    private static final int MOST_STATES = 60_000;

    /// Class of each letter.
    private final int[] classes;

    private final int classCount;

    /// Target by state and class.
    private final int[] targets;

    private final BitSet accepting;

    @FunctionalInterface
    interface EdgeSink {
        void accept(int low, int high, int target);
    }

    Automaton(int[] classes, int classCount, int[] targets, BitSet accepting) {
        this.classes = classes;
        this.classCount = classCount;
        this.targets = targets;
        this.accepting = accepting;
    }

    /// By subsets of the nondeterministic one's states (Rabin and Scott 1959).
    ///
    /// @throws SartorException a user's error where it becomes too large
    static Automaton of(Expression expression) {
        return new Subsets(Nfa.of(expression)).automaton();
    }

    /// The subsets found so far.
    private static final class Subsets {
        private final Nfa nfa;
        private final LetterClasses letters;
        private final Map<List<Integer>, Integer> numbers = new HashMap<>();
        private final List<int[]> subsets = new ArrayList<>();
        private final BitSet accepting = new BitSet();

        Subsets(Nfa nfa) {
            this.nfa = nfa;
            this.letters = LetterClasses.of(nfa);
        }

        Automaton automaton() {
            var start = new BitSet();
            start.set(0);
            number(start, true);
            var targets = new ArrayList<int[]>();
            for (int i = 0; i < subsets.size(); i++) {
                targets.add(targets(subsets.get(i)));
            }
            var flat = targets.stream().flatMapToInt(Arrays::stream).toArray();
            return new Automaton(letters.classes(), letters.count(), flat, accepting).trimmed();
        }

        private int[] targets(int[] subset) {
            var reached = new BitSet[letters.count()];
            for (int state : subset) {
                for (var edge : nfa.edges(state)) {
                    if (edge.isFree()) {
                        continue;
                    }
                    int last = letters.of(edge.high());
                    for (int each = letters.of(edge.low()); each <= last; each++) {
                        reached[each] = reached[each] == null ? new BitSet() : reached[each];
                        reached[each].set(edge.target());
                    }
                }
            }
            var found = new int[letters.count()];
            for (int i = 0; i < found.length; i++) {
                found[i] = reached[i] == null ? DEAD : number(reached[i], false);
            }
            return found;
        }

        private int number(BitSet states, boolean start) {
            var closed = nfa.closure(states, start, false);
            var key = new ArrayList<Integer>(closed.length + 1);
            for (int state : closed) {
                key.add(state);
            }
            if (start) {
                key.add(-1);
            }
            return numbers.computeIfAbsent(key, _ -> added(closed, start));
        }

        private int added(int[] closed, boolean start) {
            if (subsets.size() == MOST_STATES) {
                throw tooLarge();
            }
            var all = new BitSet();
            Arrays.stream(closed).forEach(all::set);
            if (Arrays.binarySearch(nfa.closure(all, start, true), 1) >= 0) {
                accepting.set(subsets.size());
            }
            subsets.add(closed);
            return subsets.size() - 1;
        }
    }

    private static SartorException tooLarge() {
        return SartorException.user(
                "the form of the answer is too large: its automaton needs more than "
                        + MOST_STATES
                        + " states. Use smaller counts in repetitions and lengths, or a simpler"
                        + " expression");
    }

    /// Words of both.
    Automaton and(Automaton other) {
        return product(other, true);
    }

    /// Words of this one that are none of the other's.
    Automaton minus(Automaton other) {
        return product(other, false);
    }

    private Automaton product(Automaton other, boolean both) {
        var merged = LetterClasses.merged(classes, other.classes);
        var numbers = new HashMap<Long, Integer>();
        var pairs = new ArrayList<int[]>();
        pairs.add(new int[] {0, 0});
        numbers.put(0L, 0);
        var targets = new ArrayList<int[]>();
        var ends = new BitSet();
        for (int i = 0; i < pairs.size(); i++) {
            var pair = pairs.get(i);
            var row = new int[merged.count()];
            for (int each = 0; each < row.length; each++) {
                int letter = merged.letter(each);
                int one = step(pair[0], letter);
                int two = pair[1] == DEAD ? DEAD : other.step(pair[1], letter);
                row[each] =
                        one == DEAD || (both && two == DEAD)
                                ? DEAD
                                : pair(one, two, numbers, pairs);
            }
            targets.add(row);
            ends.set(i, accepts(pair[0]) && (pair[1] != DEAD && other.accepts(pair[1])) == both);
        }
        var flat = targets.stream().flatMapToInt(Arrays::stream).toArray();
        return new Automaton(merged.classes(), merged.count(), flat, ends).trimmed();
    }

    private static int pair(int one, int two, Map<Long, Integer> numbers, List<int[]> pairs) {
        long key = ((long) one << 32) | (two & 0xffff_ffffL);
        return numbers.computeIfAbsent(
                key,
                _ -> {
                    if (pairs.size() == MOST_STATES) {
                        throw tooLarge();
                    }
                    pairs.add(new int[] {one, two});
                    return pairs.size() - 1;
                });
    }

    /// The same without the states from which no word can be completed.
    private Automaton trimmed() {
        var alive = alive();
        var numbers = new int[states()];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = alive.get(i) || i == 0 ? count++ : DEAD;
        }
        var kept = new int[count * classCount];
        var ends = new BitSet();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == DEAD) {
                continue;
            }
            ends.set(numbers[i], accepting.get(i));
            for (int each = 0; each < classCount; each++) {
                int target = targets[i * classCount + each];
                kept[numbers[i] * classCount + each] =
                        target == DEAD || !alive.get(target) ? DEAD : numbers[target];
            }
        }
        return new Automaton(classes, classCount, kept, ends);
    }

    private BitSet alive() {
        var sources = new ArrayList<List<Integer>>();
        for (int i = 0; i < states(); i++) {
            sources.add(new ArrayList<>());
        }
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] != DEAD) {
                sources.get(targets[i]).add(i / classCount);
            }
        }
        var alive = (BitSet) accepting.clone();
        var open = new ArrayList<Integer>();
        alive.stream().forEach(open::add);
        while (!open.isEmpty()) {
            for (int source : sources.get(open.removeLast())) {
                if (!alive.get(source)) {
                    alive.set(source);
                    open.add(source);
                }
            }
        }
        return alive;
    }

    int states() {
        return targets.length / classCount;
    }

    boolean accepts(int state) {
        return accepting.get(state);
    }

    boolean hasNoWords() {
        return accepting.isEmpty();
    }

    int step(int state, int letter) {
        return letter < classes.length ? targets[state * classCount + classes[letter]] : DEAD;
    }

    /// Runs of letters with one target.
    void forEachEdge(int state, EdgeSink sink) {
        for (int low = 0, high; low < classes.length; low = high + 1) {
            int target = step(state, low);
            high = low;
            while (high + 1 < classes.length && step(state, high + 1) == target) {
                high++;
            }
            if (target != DEAD) {
                sink.accept(low, high, target);
            }
        }
    }
}
