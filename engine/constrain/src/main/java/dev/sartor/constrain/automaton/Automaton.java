package dev.sartor.constrain.automaton;

import java.util.Arrays;
import java.util.BitSet;

/// A deterministic automaton over an expression's letters; state 0 starts. A state's edges are runs of letters in their
/// order, none of which overlap. Immutable.
public final class Automaton implements Steps {
    public static final int DEAD = -1;

    /// Edges of a state are those from `firsts[state]` to `firsts[state + 1] - 1`.
    private final int[] firsts;

    private final int[] lows;
    private final int[] highs;
    private final int[] targets;
    private final BitSet accepting;

    private Automaton(int[] firsts, int[] lows, int[] highs, int[] targets, BitSet accepting) {
        this.firsts = firsts;
        this.lows = lows;
        this.highs = highs;
        this.targets = targets;
        this.accepting = accepting;
    }

    @FunctionalInterface
    public interface EdgeSink {
        void accept(int low, int high, int target);
    }

    /// @throws SartorException a user's error where it becomes too large
    public static Automaton of(Expression expression) {
        return new Subsets(Nfa.of(expression)).automaton();
    }

    /// An automaton, state after state.
    public static final class Builder {
        private int[] firsts = new int[16];
        private int[] lows = new int[16];
        private int[] highs = new int[16];
        private int[] targets = new int[16];
        private final BitSet accepting = new BitSet();
        private int states;
        private int edges;

        /// Begins the next state.
        public void state(boolean accepts) {
            FormBudget.states(1);
            accepting.set(states, accepts);
            if (states + 1 == firsts.length) {
                firsts = Arrays.copyOf(firsts, 2 * firsts.length);
            }
            firsts[states++] = edges;
            firsts[states] = edges;
        }

        /// An edge of the state that was begun last, behind its others.
        public void edge(int low, int high, int target) {
            int last = edges - 1;
            if (last >= firsts[states - 1] && highs[last] + 1 == low && targets[last] == target) {
                highs[last] = high;
                return;
            }
            FormBudget.edges(1);
            if (edges == lows.length) {
                lows = Arrays.copyOf(lows, 2 * edges);
                highs = Arrays.copyOf(highs, 2 * edges);
                targets = Arrays.copyOf(targets, 2 * edges);
            }
            lows[edges] = low;
            highs[edges] = high;
            targets[edges++] = target;
            firsts[states] = edges;
        }

        /// Without the states from which no word can be completed.
        public Automaton automaton() {
            return new Automaton(
                            Arrays.copyOf(firsts, states + 1),
                            Arrays.copyOf(lows, edges),
                            Arrays.copyOf(highs, edges),
                            Arrays.copyOf(targets, edges),
                            accepting)
                    .trimmed();
        }
    }

    /// Words that the other takes, too.
    public Automaton and(Steps other) {
        return new Product(this, other, true).automaton();
    }

    /// Words of this one that the other does not take.
    public Automaton minus(Steps other) {
        return new Product(this, other, false).automaton();
    }

    private Automaton trimmed() {
        var alive = alive();
        if (alive.cardinality() == states()) {
            return this;
        }
        var numbers = new int[states()];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = alive.get(i) || i == 0 ? count++ : DEAD;
        }
        var starts = new int[count + 1];
        var kept = new int[3][targets.length];
        var ends = new BitSet();
        int edges = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == DEAD) {
                continue;
            }
            ends.set(numbers[i], accepting.get(i));
            for (int edge = firsts[i]; edge < firsts[i + 1]; edge++) {
                if (alive.get(targets[edge])) {
                    kept[0][edges] = lows[edge];
                    kept[1][edges] = highs[edge];
                    kept[2][edges++] = numbers[targets[edge]];
                }
            }
            starts[numbers[i] + 1] = edges;
        }
        return new Automaton(
                starts,
                Arrays.copyOf(kept[0], edges),
                Arrays.copyOf(kept[1], edges),
                Arrays.copyOf(kept[2], edges),
                ends);
    }

    /// States from which a word can be completed.
    private BitSet alive() {
        var places = new int[states() + 1];
        for (int target : targets) {
            places[target + 1]++;
        }
        for (int i = 0; i < states(); i++) {
            places[i + 1] += places[i];
        }
        var sources = new int[targets.length];
        var next = places.clone();
        for (int state = 0; state < states(); state++) {
            for (int edge = firsts[state]; edge < firsts[state + 1]; edge++) {
                sources[next[targets[edge]]++] = state;
            }
        }
        var alive = (BitSet) accepting.clone();
        var open = new int[states()];
        int count = 0;
        for (int state = alive.nextSetBit(0); state >= 0; state = alive.nextSetBit(state + 1)) {
            open[count++] = state;
        }
        while (count > 0) {
            int state = open[--count];
            for (int i = places[state]; i < places[state + 1]; i++) {
                if (!alive.get(sources[i])) {
                    alive.set(sources[i]);
                    open[count++] = sources[i];
                }
            }
        }
        return alive;
    }

    int states() {
        return firsts.length - 1;
    }

    /// Memory that it takes.
    long bytes() {
        return 4L * firsts.length + 12L * targets.length + states() / 8;
    }

    @Override
    public boolean accepts(int state) {
        return accepting.get(state);
    }

    boolean hasNoWords() {
        return accepting.isEmpty();
    }

    public int step(int state, int letter) {
        int low = firsts[state];
        int high = firsts[state + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (letter < lows[middle]) {
                high = middle - 1;
            } else if (letter > highs[middle]) {
                low = middle + 1;
            } else {
                return targets[middle];
            }
        }
        return DEAD;
    }

    /// Whether a text's letters are a word.
    public boolean takes(byte[] word) {
        FormBudget.steps(word.length);
        int state = 0;
        for (int i = 0; i < word.length && state != DEAD; i++) {
            state = step(state, word[i] & 0xff);
        }
        return state != DEAD && accepts(state);
    }

    @Override
    public void forEachEdge(int state, EdgeSink sink) {
        for (int edge = firsts[state]; edge < firsts[state + 1]; edge++) {
            sink.accept(lows[edge], highs[edge], targets[edge]);
        }
    }
}
