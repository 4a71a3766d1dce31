package dev.sartor.constrain;

import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.constrain.automaton.Grammar;
import java.util.Arrays;

/// A grammar's edges backwards: for each state those that lead to it. Of the bytes of an edge, one is kept.
final class SourceEdges {
    @FunctionalInterface
    interface Sink {
        /// @param letter a byte, or the place of a call among its state's calls
        void accept(int source, int letter);
    }

    private final Lists bytes;

    /// By the call's target and, too, by the first state of the called rule.
    private final Lists calls;

    private SourceEdges(int states) {
        this.bytes = new Lists(states);
        this.calls = new Lists(states);
    }

    /// @param preferred the bytes that may be used, the best first
    static SourceEdges of(Grammar grammar, int[] preferred) {
        var edges = new SourceEdges(grammar.states());
        for (int state = 0; state < grammar.states(); state++) {
            FormBudget.steps(10);
            edges.addBytes(grammar, state, preferred);
            edges.addCalls(grammar, state);
        }
        return edges;
    }

    private void addBytes(Grammar grammar, int state, int[] preferred) {
        grammar.forEachByteEdge(
                state,
                (low, high, target) -> {
                    for (int letter : preferred) {
                        if (letter >= low && letter <= high) {
                            bytes.add(target, state, letter);
                            return;
                        }
                    }
                });
    }

    private void addCalls(Grammar grammar, int state) {
        var made = grammar.calls(state);
        for (int place = 0; place < made.size(); place++) {
            FormBudget.steps(4);
            calls.add(made.get(place).target(), state, place);
            calls.add(grammar.start(made.get(place).rule()), state, place);
        }
    }

    void forEachByte(int target, Sink sink) {
        bytes.forEach(target, sink);
    }

    void forEachCall(int state, Sink sink) {
        calls.forEach(state, sink);
    }

    /// A chain of entries for each state.
    private static final class Lists {
        private final int[] heads;
        private int[] sources = new int[16];
        private int[] letters = new int[16];
        private int[] next = new int[16];
        private int count;

        Lists(int states) {
            this.heads = new int[states];
            Arrays.fill(heads, -1);
        }

        void add(int to, int source, int letter) {
            if (count == next.length) {
                sources = Arrays.copyOf(sources, 2 * count);
                letters = Arrays.copyOf(letters, 2 * count);
                next = Arrays.copyOf(next, 2 * count);
            }
            sources[count] = source;
            letters[count] = letter;
            next[count] = heads[to];
            heads[to] = count++;
        }

        void forEach(int of, Sink sink) {
            for (int each = heads[of]; each >= 0; each = next[each]) {
                sink.accept(sources[each], letters[each]);
            }
        }
    }
}
