package dev.sartor.tokenizer.text;

import java.util.Arrays;

/// A trie over UTF-16 in flat arrays: texts with a number each. Filled first, then read by any thread.
public final class TextTrie {
    public static final int NONE = -1;
    public static final int ROOT = 0;

    /// (node, character) plus one, at its hash; 0 where there is none.
    private long[] edges = new long[64];

    private int[] targets = new int[64];
    private int[] values = {NONE};
    private int nodes = 1;

    /// Of texts that are put twice the first counts; an empty one is left out.
    public void put(String text, int value) {
        if (text.isEmpty()) {
            return;
        }
        int node = ROOT;
        for (int i = 0; i < text.length(); i++) {
            int next = step(node, text.charAt(i));
            node = next == NONE ? add(node, text.charAt(i)) : next;
        }
        if (values[node] == NONE) {
            values[node] = value;
        }
    }

    public boolean isEmpty() {
        return nodes == 1;
    }

    /// The node after a character, or {@link #NONE}.
    public int step(int node, char c) {
        long edge = edge(node, c);
        int mask = edges.length - 1;
        for (int place = place(edge, mask); ; place = (place + 1) & mask) {
            if (edges[place] == edge) {
                return targets[place];
            }
            if (edges[place] == 0) {
                return NONE;
            }
        }
    }

    /// The number of the text that ends at a node, or {@link #NONE}.
    public int value(int node) {
        return values[node];
    }

    private int add(int node, char c) {
        if (nodes * 2 > edges.length) {
            grow();
        }
        if (nodes == values.length) {
            values = Arrays.copyOf(values, nodes * 2);
            Arrays.fill(values, nodes, nodes * 2, NONE);
        }
        insert(edge(node, c), nodes);
        return nodes++;
    }

    private void grow() {
        var oldEdges = edges;
        var oldTargets = targets;
        edges = new long[oldEdges.length * 2];
        targets = new int[oldEdges.length * 2];
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] != 0) {
                insert(oldEdges[i], oldTargets[i]);
            }
        }
    }

    private void insert(long edge, int target) {
        int mask = edges.length - 1;
        int place = place(edge, mask);
        while (edges[place] != 0) {
            place = (place + 1) & mask;
        }
        edges[place] = edge;
        targets[place] = target;
    }

    private static long edge(int node, char c) {
        return ((long) node << 16 | c) + 1;
    }

    private static int place(long edge, int mask) {
        long mixed = edge * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 50) & mask;
    }
}
