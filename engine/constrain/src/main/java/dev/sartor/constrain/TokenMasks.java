package dev.sartor.constrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the tokens that may follow a situation. What a state allows whatever its callers is found once (Dong et al. 2024,
/// "XGrammar"): a walk through the vocabulary's tree, and the places in the tree where the rule ends; only what lies
/// behind those places is looked at again for each caller. Not thread-safe.
final class TokenMasks {
    private final TokenTrie trie;
    private final PushdownMachine machine;
    private final int[] endings;
    private final Map<Integer, OfState> states = new HashMap<>();
    private int generation;

    /// @param leaves nodes of the tree at which the state's rule ends
    /// @param reach how deep the calls within a token go
    private record OfState(TokenCosts costs, int[] leaves, int reach) {}

    /// @param endings tokens that end a turn
    TokenMasks(TokenTrie trie, PushdownMachine machine, int[] endings) {
        this.trie = trie;
        this.machine = machine;
        this.endings = endings;
    }

    /// @throws SartorException a user's error where it takes too long
    TokenMask of(ParserState situation) {
        machine.beginToken();
        if (generation != machine.generation()) {
            generation = machine.generation();
            states.clear();
        }
        if (situation.isOlderThan(generation)) {
            situation.forget(generation);
        }
        if (situation.mask().isEmpty()) {
            situation.learn(found(situation));
        }
        return situation.mask().orElseThrow();
    }

    private TokenMask found(ParserState situation) {
        var parts = new ArrayList<TokenMask.Part>();
        var behind = new TokenCosts.Collector(trie.vocabulary());
        for (var reading : situation.readings()) {
            var ofState = ofState(reading.state());
            var frame = reading.frame();
            if (!machine.holds(frame, ofState.reach())) {
                return new TokenMask(List.of(whole(situation)), endings(situation));
            }
            parts.add(new TokenMask.Part(ofState.costs(), frame.cost()));
            if (!frame.isBottom()) {
                var returned = machine.returned(frame);
                for (int leaf : ofState.leaves()) {
                    new Walk(behind).under(leaf, returned);
                }
            }
        }
        var costs = behind.costs();
        parts.add(new TokenMask.Part(costs, 0));
        // The set of all its tokens comes once it is asked for.
        machine.keeps(costs.bytes() + 24L * parts.size() + trie.vocabulary() / 8);
        return new TokenMask(List.copyOf(parts), endings(situation));
    }

    /// Near the limit of depth nothing is shared.
    private TokenMask.Part whole(ParserState situation) {
        var collector = new TokenCosts.Collector(trie.vocabulary());
        new Walk(collector).under(0, situation);
        var costs = collector.costs();
        machine.keeps(costs.bytes() + trie.vocabulary() / 8);
        return new TokenMask.Part(costs, 0);
    }

    private int[] endings(ParserState situation) {
        return situation.ends() ? endings : new int[0];
    }

    private OfState ofState(int state) {
        var known = states.get(state);
        if (known != null) {
            return known;
        }
        var collector = new TokenCosts.Collector(trie.vocabulary());
        var walk = new Walk(collector);
        walk.under(0, machine.alone(state));
        var costs = collector.costs();
        var found = new OfState(costs, Arrays.copyOf(walk.leaves, walk.leafCount), walk.reach);
        machine.keeps(costs.bytes() + 4L * walk.leafCount + 64);
        states.put(state, found);
        return found;
    }

    /// One pass through a part of the tree.
    private final class Walk {
        private final TokenCosts.Collector collector;
        private int[] leaves = new int[16];
        private int leafCount;
        private int reach;

        Walk(TokenCosts.Collector collector) {
            this.collector = collector;
        }

        void under(int top, ParserState situation) {
            var path = new ParserState[trie.longest() + 1];
            path[trie.depth(top)] = situation;
            int end = trie.end(top);
            for (int node = top + 1; node < end; ) {
                machine.count(1);
                int depth = trie.depth(node);
                var next = machine.after(path[depth - 1], trie.label(node));
                if (next.isDead()) {
                    node = trie.end(node);
                } else {
                    path[depth] = next;
                    take(node, next);
                    node++;
                }
            }
        }

        private void take(int node, ParserState next) {
            reach = Math.max(reach, next.reach());
            for (int place = trie.first(node); place < trie.first(node + 1); place++) {
                collector.add(trie.token(place), next.cost());
            }
            if (next.ends()) {
                if (leafCount == leaves.length) {
                    leaves = Arrays.copyOf(leaves, 2 * leafCount);
                }
                leaves[leafCount++] = node;
            }
        }
    }
}
