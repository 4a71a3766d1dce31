package dev.sartor.constrain;

import dev.sartor.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// The bytes of a vocabulary's tokens as a tree, laid out so that walking it is one pass over arrays: node 0 is the root,
/// a node's subtree follows it. Control tokens are not in it. Immutable.
public final class TokenTrie {
    private final byte[][] bytes;
    private final byte[] labels;
    private final short[] depths;

    /// The node after the subtree.
    private final int[] ends;

    /// Tokens that end at a node are `tokens[firsts[node]]` to `tokens[firsts[node + 1] - 1]`.
    private final int[] firsts;

    private final int[] tokens;
    private final int longest;

    private TokenTrie(byte[][] bytes, List<Integer> sorted, int nodes) {
        this.bytes = bytes;
        this.labels = new byte[nodes];
        this.depths = new short[nodes];
        this.ends = new int[nodes];
        this.firsts = new int[nodes + 1];
        this.tokens = new int[sorted.size()];
        fill(sorted, nodes);
        this.longest = sorted.stream().mapToInt(token -> bytes[token].length).max().orElse(0);
    }

    public static TokenTrie of(Tokenizer tokenizer) {
        return of(tokenizer.vocabularySize(), tokenizer::bytes);
    }

    /// @param bytes of a token; empty for one that stands for no text
    public static TokenTrie of(int vocabulary, IntFunction<Optional<byte[]>> bytes) {
        var all = new byte[vocabulary][];
        Arrays.setAll(all, token -> bytes.apply(token).orElse(new byte[0]));
        var sorted =
                java.util.stream.IntStream.range(0, vocabulary)
                        .filter(token -> all[token].length > 0)
                        .boxed()
                        .sorted(Comparator.comparing(token -> all[token], Arrays::compareUnsigned))
                        .toList();
        int nodes = 1;
        var before = new byte[0];
        for (int token : sorted) {
            int common = Arrays.mismatch(before, all[token]);
            nodes += common < 0 ? 0 : all[token].length - common;
            before = all[token];
        }
        return new TokenTrie(all, sorted, nodes);
    }

    private void fill(List<Integer> sorted, int nodes) {
        var path = new int[Short.MAX_VALUE];
        var before = new byte[0];
        int made = 1;
        for (int i = 0; i < sorted.size(); i++) {
            var own = bytes[sorted.get(i)];
            int mismatch = Arrays.mismatch(before, own);
            int common = mismatch < 0 ? own.length : mismatch;
            for (int depth = before.length; depth > common; depth--) {
                ends[path[depth]] = made;
            }
            for (int depth = common; depth < own.length; depth++) {
                labels[made] = own[depth];
                depths[made] = (short) (depth + 1);
                firsts[made] = i;
                path[depth + 1] = made++;
            }
            tokens[i] = sorted.get(i);
            before = own;
        }
        for (int depth = before.length; depth >= 0; depth--) {
            ends[path[depth]] = nodes;
        }
        firsts[nodes] = sorted.size();
    }

    /// How many token numbers there are, control tokens counted.
    public int vocabulary() {
        return bytes.length;
    }

    /// Empty for a token that stands for no text.
    public byte[] bytes(int token) {
        return bytes[token];
    }

    /// Bytes of the longest token.
    int longest() {
        return longest;
    }

    int end(int node) {
        return ends[node];
    }

    int label(int node) {
        return labels[node] & 0xff;
    }

    int depth(int node) {
        return depths[node];
    }

    /// Where the tokens that end at the node begin in {@link #token}; they end where the next node's begin.
    int first(int node) {
        return firsts[node];
    }

    int token(int place) {
        return tokens[place];
    }

    boolean endsToken(int node) {
        return firsts[node] < firsts[node + 1];
    }

    /// The child by a byte; −1 where there is none.
    int child(int node, int label) {
        for (int child = node + 1; child < ends[node]; child = ends[child]) {
            if (label(child) == label) {
                return child;
            }
        }
        return -1;
    }
}
