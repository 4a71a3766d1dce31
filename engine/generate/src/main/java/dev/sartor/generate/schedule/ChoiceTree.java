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
    private final boolean tellsLikeliest;

    /// @param continuations tokens of each, at least one
    public ChoiceTree(List<int[]> continuations) {
        this(continuations, false);
    }

    /// @param tellsLikeliest whether it is told of each continuation, too, if the model would say it itself
    public ChoiceTree(List<int[]> continuations, boolean tellsLikeliest) {
        this.tellsLikeliest = tellsLikeliest;
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

    boolean tellsLikeliest() {
        return tellsLikeliest;
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
