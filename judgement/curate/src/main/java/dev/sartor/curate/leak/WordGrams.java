package dev.sartor.curate.leak;

import dev.sartor.curate.similarity.Hashing;
import java.util.Arrays;

/// Runs of thirteen words, without case and punctuation: what GPT-3's authors took for a sign that a test row was trained on
/// (Brown et al. 2020, appendix C). Of writing without spaces there are none.
final class WordGrams {
    static final int WORDS = 13;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private WordGrams() {}

    /// Hashes of all runs in their order; none of a text with fewer words.
    static long[] of(String text) {
        var words = words(text);
        if (words.length < WORDS) {
            return new long[0];
        }
        long leaving = 1;
        for (int i = 0; i < WORDS; i++) {
            leaving *= MULTIPLIER;
        }
        var grams = new long[words.length - WORDS + 1];
        long rolling = 0;
        for (int i = 0; i < words.length; i++) {
            rolling = rolling * MULTIPLIER + words[i];
            if (i >= WORDS) {
                rolling -= leaving * words[i - WORDS];
            }
            if (i >= WORDS - 1) {
                grams[i - WORDS + 1] = Hashing.mix(rolling);
            }
        }
        return grams;
    }

    private static long[] words(String text) {
        var words = new long[16];
        int count = 0;
        long hash = 0;
        boolean isInWord = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
                hash = Hashing.next(hash, Character.toLowerCase(c));
                isInWord = true;
            } else if (isInWord) {
                words = count == words.length ? Arrays.copyOf(words, 2 * count) : words;
                words[count++] = Hashing.mix(hash);
                hash = 0;
                isInWord = false;
            }
        }
        return Arrays.copyOf(words, count);
    }
}
