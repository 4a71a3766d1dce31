package dev.sartor.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// The unigram language model (Kudo 2018): of all ways to cut a word into tokens, the most likely one.
final class UnigramPieces implements SubwordModel {
    /// How much worse than the least likely token a character is that has none (sentencepiece, unigram_model.cc).
    private static final double UNKNOWN_PENALTY = 10;

    private final Vocabulary vocabulary;
    private final double[] scores;
    private final OptionalInt unknown;
    private final boolean byteFallback;
    private final double unknownScore;

    /// Nodes of a trie over UTF-16: (node, character) to node; and the token that ends at a node.
    private final Map<Long, Integer> next = new HashMap<>();

    private final Map<Integer, Integer> tokenAt = new HashMap<>();

    /// @param scores log-probabilities by token
    /// @param control tokens that no text may become, whatever it says
    UnigramPieces(
            Vocabulary vocabulary,
            double[] scores,
            OptionalInt unknown,
            boolean byteFallback,
            Set<Integer> control) {
        this.vocabulary = vocabulary;
        this.scores = scores;
        this.unknown = unknown;
        this.byteFallback = byteFallback;
        double least = 0;
        for (int id = 0; id < scores.length; id++) {
            least = id == 0 ? scores[id] : Math.min(least, scores[id]);
            if (!control.contains(id)) {
                add(vocabulary.token(id), id);
            }
        }
        this.unknownScore = least - UNKNOWN_PENALTY;
    }

    private void add(String token, int id) {
        int node = 0;
        for (int i = 0; i < token.length(); i++) {
            node = next.computeIfAbsent(edge(node, token.charAt(i)), e -> next.size() + 1);
        }
        if (!token.isEmpty()) {
            tokenAt.putIfAbsent(node, id);
        }
    }

    private static long edge(int node, char c) {
        return (long) node << 16 | c;
    }

    /// The best way to each place of the word.
    private static final class Paths {
        private static final int NOWHERE = -1;

        private final int[] from;
        private final int[] ids;
        private final double[] scores;

        Paths(int length) {
            from = new int[length + 1];
            ids = new int[length + 1];
            scores = new double[length + 1];
            Arrays.fill(from, NOWHERE);
        }

        void offer(int start, int end, int id, double score) {
            double total = scores[start] + score;
            if (from[end] == NOWHERE || total > scores[end]) {
                from[end] = start;
                ids[end] = id;
                scores[end] = total;
            }
        }
    }

    @Override
    public void tokenize(AlignedText word, TokenList tokens) {
        var text = word.text();
        int unknownId = unknown.orElse(-1);
        var paths = new Paths(text.length());
        for (int start = 0; start < text.length(); ) {
            int single = start + Character.charCount(text.codePointAt(start));
            boolean hasSingle = false;
            int node = 0;
            for (int i = start; i < text.length(); i++) {
                node = next.getOrDefault(edge(node, text.charAt(i)), -1);
                if (node < 0) {
                    break;
                }
                int id = tokenAt.getOrDefault(node, -1);
                if (id >= 0) {
                    paths.offer(start, i + 1, id, scores[id]);
                    hasSingle |= i + 1 == single;
                }
            }
            if (!hasSingle) {
                paths.offer(start, single, unknownId, unknownScore);
            }
            start = single;
        }
        send(word, paths, tokens);
    }

    private void send(AlignedText word, Paths paths, TokenList tokens) {
        int length = word.length();
        var nextStart = new int[length + 1];
        for (int end = length; end > 0; end = paths.from[end]) {
            nextStart[paths.from[end]] = end;
        }
        for (int start = 0; start < length; ) {
            int end = nextStart[start];
            int id = paths.ids[end];
            boolean isUnknown = id == unknown.orElse(-1);
            while (isUnknown && end < length && paths.ids[nextStart[end]] == id) {
                end = nextStart[end]; // unknown characters in a row are one token
            }
            if (!isUnknown || !sendBytes(word, start, end, tokens)) {
                tokens.add(Math.max(id, 0), word.start(start), word.end(end - 1));
            }
            start = end;
        }
    }

    private boolean sendBytes(AlignedText word, int start, int end, TokenList tokens) {
        if (!byteFallback) {
            return false;
        }
        var bytes = word.text().substring(start, end).getBytes(StandardCharsets.UTF_8);
        var ids = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ids[i] = vocabulary.id(String.format("<0x%02X>", bytes[i])).orElse(-1);
            if (ids[i] < 0) {
                return false;
            }
        }
        for (int id : ids) {
            tokens.add(id, word.start(start), word.end(end - 1));
        }
        return true;
    }
}
