package dev.sartor.generate.schedule;

import dev.sartor.generate.sample.RowLogits;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Log-likelihoods of a prompt's choices, in two steps: what may follow the prompt itself is known from its last token's
/// logits, the rest from one pass over the inner nodes of their tree.
final class ChoiceScores {
    private final ChoiceTree tree;
    private final int[] inner;
    private final float[] edges;
    private final boolean[] likeliest;

    ChoiceScores(ChoiceTree tree) {
        this.tree = tree;
        this.likeliest = new boolean[tree.size()];
        this.inner = Arrays.stream(tree.inner()).filter(node -> node > 0).toArray();
        this.edges = new float[tree.size()];
    }

    /// Tokens that the tree's pass computes: the nodes up to the last that has a child. 0 where every choice is one token.
    int nodes() {
        return inner.length == 0 ? 0 : inner[inner.length - 1];
    }

    int[] tokens() {
        return IntStream.rangeClosed(1, nodes()).map(tree::token).toArray();
    }

    /// Of each token of the pass the one before it; −1 for the prompt's last.
    int[] parents() {
        return IntStream.rangeClosed(1, nodes()).map(node -> tree.parent(node) - 1).toArray();
    }

    /// Which tokens of the pass are wanted logits of.
    int[] wanted() {
        return Arrays.stream(inner).map(node -> node - 1).toArray();
    }

    /// @param row the prompt's last token's logits
    void root(RowLogits logits, int row) {
        fill(
                logits,
                IntStream.range(1, tree.size()).filter(n -> tree.parent(n) == 0).toArray(),
                row,
                0);
    }

    /// @param row the first wanted token's logits; the others' follow
    void inner(RowLogits logits, int row) {
        fill(
                logits,
                IntStream.range(1, tree.size()).filter(n -> tree.parent(n) > 0).toArray(),
                row,
                1);
    }

    private void fill(RowLogits logits, int[] nodes, int row, int depth) {
        var rows =
                Arrays.stream(nodes)
                        .map(n ->
                                depth == 0 ? row : row + Arrays.binarySearch(inner, tree.parent(n)))
                        .toArray();
        var scores = logits.logProbabilities(rows, Arrays.stream(nodes).map(tree::token).toArray());
        for (int i = 0; i < nodes.length; i++) {
            edges[nodes[i]] = scores[i];
            likeliest[nodes[i]] =
                    tree.tellsLikeliest() && logits.largest(rows[i]) == tree.token(nodes[i]);
        }
    }

    /// Of each choice, in nats, summed over its tokens.
    double[] sums() {
        return IntStream.range(0, tree.continuations())
                .mapToDouble(c -> Arrays.stream(tree.path(c)).mapToDouble(n -> edges[n]).sum())
                .toArray();
    }

    /// Of each choice whether every token of it is the likeliest at its place; empty where the tree does not ask for it.
    boolean[] greedy() {
        var greedy = new boolean[tree.tellsLikeliest() ? tree.continuations() : 0];
        for (int c = 0; c < greedy.length; c++) {
            greedy[c] = Arrays.stream(tree.path(c)).allMatch(node -> likeliest[node]);
        }
        return greedy;
    }
}
