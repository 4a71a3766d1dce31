package dev.sartor.curate.secret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All places of many words in one pass over a text, letters of either size alike (Aho and Corasick 1975).
final class Keywords {
    private static final int ALPHABET = 128;

    private final List<String> words;
    private final List<int[]> next = new ArrayList<>();
    private final List<int[]> ending = new ArrayList<>();

    /// What is told of each place.
    interface Hits {
        /// @param word the number of the word in the list
        void at(int word, int start, int end);
    }

    /// @param words of ASCII, in small letters
    Keywords(List<String> words) {
        this.words = List.copyOf(words);
        node();
        for (int word = 0; word < words.size(); word++) {
            int node = 0;
            for (int i = 0; i < words.get(word).length(); i++) {
                int c = words.get(word).charAt(i);
                if (next.get(node)[c] < 0) {
                    next.get(node)[c] = node();
                }
                node = next.get(node)[c];
            }
            append(node, word);
        }
        complete();
    }

    private int node() {
        var edges = new int[ALPHABET];
        Arrays.fill(edges, -1);
        next.add(edges);
        ending.add(new int[0]);
        return next.size() - 1;
    }

    private void append(int node, int... more) {
        var before = ending.get(node);
        var after = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, after, before.length, more.length);
        ending.set(node, after);
    }

    /// From each node an edge for each char: that of the longest suffix which is the beginning of a word, where its own is missing.
    private void complete() {
        var suffix = new int[next.size()];
        var waiting = new ArrayDeque<Integer>();
        waiting.add(0);
        while (!waiting.isEmpty()) {
            int node = waiting.remove();
            for (int c = 0; c < ALPHABET; c++) {
                int child = next.get(node)[c];
                int fallback = node == 0 ? 0 : next.get(suffix[node])[c];
                if (child < 0) {
                    next.get(node)[c] = fallback;
                } else {
                    suffix[child] = fallback;
                    append(child, ending.get(fallback));
                    waiting.add(child);
                }
            }
        }
    }

    void find(String text, Hits hits) {
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            node = c >= ALPHABET ? 0 : next.get(node)[c >= 'A' && c <= 'Z' ? c | 0x20 : c];
            for (int word : ending.get(node)) {
                hits.at(word, i + 1 - words.get(word).length(), i + 1);
            }
        }
    }
}
