package dev.sartor.generate;

import java.util.ArrayList;
import java.util.List;

/// A grammar's edges backwards: for each state those that lead to it. Of the bytes of an edge, one is kept.
final class SourceEdges {
    @FunctionalInterface
    interface Sink {
        /// @param letter a byte, or the place of a call among its state's calls
        void accept(int source, int letter);
    }

    private record Source(int state, int letter) {}

    private final List<List<Source>> bytes = new ArrayList<>();

    /// By the call's target and, too, by the first state of the called rule.
    private final List<List<Source>> calls = new ArrayList<>();

    private SourceEdges(int states) {
        for (int i = 0; i < states; i++) {
            bytes.add(new ArrayList<>(2));
            calls.add(new ArrayList<>(0));
        }
    }

    /// @param preferred the bytes that may be used, the best first
    static SourceEdges of(Grammar grammar, int[] preferred) {
        var edges = new SourceEdges(grammar.states());
        for (int state = 0; state < grammar.states(); state++) {
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
                            bytes.get(target).add(new Source(state, letter));
                            return;
                        }
                    }
                });
    }

    private void addCalls(Grammar grammar, int state) {
        var made = grammar.calls(state);
        for (int place = 0; place < made.size(); place++) {
            var source = new Source(state, place);
            calls.get(made.get(place).target()).add(source);
            calls.get(grammar.start(made.get(place).rule())).add(source);
        }
    }

    void forEachByte(int target, Sink sink) {
        bytes.get(target).forEach(each -> sink.accept(each.state(), each.letter()));
    }

    void forEachCall(int state, Sink sink) {
        calls.get(state).forEach(each -> sink.accept(each.state(), each.letter()));
    }
}
