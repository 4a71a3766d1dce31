package dev.sartor.constrain;

import java.util.Arrays;

/// Tokens that a row may take next, a bit each. Not thread-safe while it is filled.
public final class TokenSet {
    private final long[] words;

    /// None yet.
    ///
    /// @param vocabulary how many tokens there are
    public TokenSet(int vocabulary) {
        this.words = new long[(vocabulary + 63) >>> 6];
    }

    /// Memory that it takes.
    long bytes() {
        return 8L * words.length;
    }

    public void add(int token) {
        words[token >>> 6] |= 1L << token;
    }

    void addAll(TokenSet other) {
        for (int i = 0; i < other.words.length; i++) {
            words[i] |= other.words[i];
        }
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    public boolean contains(int token) {
        return token >>> 6 < words.length && (words[token >>> 6] & (1L << token)) != 0;
    }

    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    boolean isEmpty() {
        return count() == 0;
    }

    /// Makes the values of all other tokens −∞.
    public void exclude(float[] values, int vocabulary) {
        for (int word = 0; word < words.length; word++) {
            int first = word << 6;
            for (long rest = ~words[word]; rest != 0; rest &= rest - 1) {
                int token = first + Long.numberOfTrailingZeros(rest);
                if (token >= vocabulary) {
                    return;
                }
                values[token] = Float.NEGATIVE_INFINITY;
            }
        }
        Arrays.fill(
                values,
                Math.min(vocabulary, words.length << 6),
                vocabulary,
                Float.NEGATIVE_INFINITY);
    }

    /// The first token from `from` on; −1 where there is none.
    public int next(int from) {
        int word = from >>> 6;
        if (word >= words.length) {
            return -1;
        }
        long rest = words[word] & (-1L << from);
        while (rest == 0) {
            if (++word == words.length) {
                return -1;
            }
            rest = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }
}
