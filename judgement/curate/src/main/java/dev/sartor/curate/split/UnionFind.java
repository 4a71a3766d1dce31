package dev.sartor.curate.split;

/// Sets of rows that are merged pair by pair (Tarjan 1975): by size, with path halving.
final class UnionFind {
    private final int[] parents;
    private final int[] sizes;

    UnionFind(int count) {
        parents = new int[count];
        sizes = new int[count];
        for (int i = 0; i < count; i++) {
            parents[i] = i;
            sizes[i] = 1;
        }
    }

    int find(int row) {
        int at = row;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    void merge(int first, int second) {
        int a = find(first);
        int b = find(second);
        if (a == b) {
            return;
        }
        int large = sizes[a] >= sizes[b] ? a : b;
        int small = large == a ? b : a;
        parents[small] = large;
        sizes[large] += sizes[small];
    }
}
