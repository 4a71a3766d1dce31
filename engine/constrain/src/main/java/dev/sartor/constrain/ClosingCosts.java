package dev.sartor.constrain;

import dev.sartor.constrain.automaton.Expression;
import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.constrain.automaton.Grammar;
import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;

/// How many tokens bring each state of a grammar to its rule's end: an upper bound that a chosen way reaches. The way is
/// the one of fewest bytes (Knuth 1977, "A generalization of Dijkstra's algorithm"); its bytes are covered by as few
/// tokens as can be. Where the bound is d > 0, some token leads to a state with at most d − 1.
final class ClosingCosts {
    /// There is no way.
    static final int NONE = 1 << 28;

    private static final String PREFERRED = "aetoinsrhldcumfpgwybvkxjqz0123456789";

    private final Grammar grammar;
    private final TokenTrie trie;

    /// Bytes to the end of the rule.
    private final int[] distances;

    /// The way's next letter: a byte, or FIRST_CALL + the place among the state's calls; −1 at an end.
    private final int[] letters;

    private final int[] tokens;

    /// How many calls deep the way goes.
    private final int[] heights;

    private ClosingCosts(Grammar grammar, TokenTrie trie) {
        this.grammar = grammar;
        this.trie = trie;
        this.distances = filled(grammar.states(), NONE);
        this.letters = filled(grammar.states(), -1);
        this.tokens = filled(grammar.states(), NONE);
        this.heights = new int[grammar.states()];
    }

    private static int[] filled(int count, int value) {
        var all = new int[count];
        Arrays.fill(all, value);
        return all;
    }

    static ClosingCosts of(Grammar grammar, TokenTrie trie) {
        var costs = new ClosingCosts(grammar, trie);
        new Search(costs).run();
        return costs;
    }

    /// Tokens from the state to its rule's end, or at least {@link #NONE}.
    int tokens(int state) {
        return tokens[state];
    }

    int height(int state) {
        return heights[state];
    }

    /// Whether nothing follows the state in its rule.
    boolean isLast(int state) {
        return grammar.accepts(state) && !hasEdges(state);
    }

    private boolean hasEdges(int state) {
        var any = new boolean[] {!grammar.calls(state).isEmpty()};
        grammar.forEachByteEdge(state, (low, high, target) -> any[0] = true);
        return any[0];
    }

    /// Settles states by their distance.
    private static final class Search {
        private final ClosingCosts costs;
        private final Grammar grammar;
        private final SourceEdges sources;
        private final BitSet settled = new BitSet();
        private final PriorityQueue<long[]> open =
                new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));

        Search(ClosingCosts costs) {
            this.costs = costs;
            this.grammar = costs.grammar;
            this.sources = SourceEdges.of(grammar, preferred(costs.trie));
        }

        void run() {
            for (int state = 0; state < grammar.states(); state++) {
                if (grammar.accepts(state)) {
                    offer(state, 0, -1);
                }
            }
            while (!open.isEmpty()) {
                var next = open.remove();
                int state = (int) next[1];
                FormBudget.steps(30);
                if (!settled.get(state) && next[0] == costs.distances[state]) {
                    settled.set(state);
                    costs.settle(state);
                    sources.forEachByte(
                            state,
                            (source, letter) -> offer(source, costs.distances[state] + 1, letter));
                    sources.forEachCall(state, this::offerCall);
                }
            }
        }

        private void offerCall(int source, int place) {
            var call = grammar.calls(source).get(place);
            int start = grammar.start(call.rule());
            if (settled.get(start) && settled.get(call.target())) {
                offer(
                        source,
                        costs.distances[start] + costs.distances[call.target()],
                        Expression.FIRST_CALL + place);
            }
        }

        private void offer(int state, int distance, int letter) {
            if (distance < costs.distances[state]) {
                costs.distances[state] = distance;
                costs.letters[state] = letter;
                open.add(new long[] {distance, state});
            }
        }
    }

    /// Bytes that are tokens by themselves, those that closing texts should be made of first.
    private static int[] preferred(TokenTrie trie) {
        var single = new BitSet();
        for (int child = 1; child < trie.end(0); child = trie.end(child)) {
            single.set(trie.label(child), trie.endsToken(child));
        }
        return java.util.stream.IntStream.concat(
                        PREFERRED.chars(), java.util.stream.IntStream.range(0, 256))
                .filter(single::get)
                .distinct()
                .toArray();
    }

    private void settle(int state) {
        int letter = letters[state];
        if (letter < 0) {
            tokens[state] = 0;
        } else if (letter >= Expression.FIRST_CALL) {
            var call = grammar.calls(state).get(letter - Expression.FIRST_CALL);
            int start = grammar.start(call.rule());
            tokens[state] = tokens[start] + tokens[call.target()];
            int deeper = isLast(call.target()) ? 0 : 1;
            heights[state] = Math.max(heights[start] + deeper, heights[call.target()]);
        } else {
            settleBytes(state);
        }
    }

    /// The way's next bytes, cut into tokens in the best way: all states behind are settled.
    private void settleBytes(int state) {
        int at = state;
        int node = 0;
        heights[state] = heights[grammar.step(state, letters[state])];
        while (letters[at] >= 0 && letters[at] < Expression.FIRST_CALL) {
            FormBudget.steps(4);
            node = trie.child(node, letters[at]);
            if (node < 0) {
                return;
            }
            at = grammar.step(at, letters[at]);
            if (trie.endsToken(node)) {
                tokens[state] = Math.min(tokens[state], 1 + tokens[at]);
            }
        }
    }
}
