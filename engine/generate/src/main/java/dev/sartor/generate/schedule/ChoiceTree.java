package dev.sartor.generate.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Continuations of one text as a tree: their common beginnings are one branch. Node 0 is the text's last token.
public final class ChoiceTree {
    /// @param token what stands at the node; unused at the root
    /// @param parent the node before; −1 at the root
    private record Node(int token, int parent) {}

    private final List<Node> nodes = new ArrayList<>(List.of(new Node(-1, -1)));
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final List<int[]> paths = new ArrayList<>();

    /// @param continuations tokens of each, at least one
    public ChoiceTree(List<int[]> continuations) {
        for (var tokens : continuations) {
            var path = new int[tokens.length];
            int at = 0;
            for (int i = 0; i < tokens.length; i++) {
                at = child(at, tokens[i]);
                path[i] = at;
            }
            paths.add(path);
        }
    }

    private int child(int parent, int token) {
        var node = new Node(token, parent);
        var known = numbers.putIfAbsent(node, nodes.size());
        if (known != null) {
            return known;
        }
        nodes.add(node);
        return nodes.size() - 1;
    }

    /// The root counted.
    int size() {
        return nodes.size();
    }

    int token(int node) {
        return nodes.get(node).token();
    }

    int parent(int node) {
        return nodes.get(node).parent();
    }

    /// The nodes of a continuation, first token first.
    int[] path(int continuation) {
        return paths.get(continuation);
    }

    int continuations() {
        return paths.size();
    }

    /// Nodes that have a child: where a next token's probability is needed.
    int[] inner() {
        return nodes.stream()
                .mapToInt(Node::parent)
                .filter(p -> p >= 0)
                .distinct()
                .sorted()
                .toArray();
    }
}
