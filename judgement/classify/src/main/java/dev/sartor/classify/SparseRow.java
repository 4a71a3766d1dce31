package dev.sartor.classify;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A vector of which most components are 0.
///
/// @param at the places of the others, in ascending order, from 0
/// @param values at these places
record SparseRow(int[] at, float[] values) {
    /// The weights of a text's words, then of its runs of characters.
    static SparseRow of(String text, TfidfVectorizer words, TfidfVectorizer characters) {
        var one = words.of(text, 0);
        var other = characters.of(text, words.size());
        var at = IntStream.concat(IntStream.of(one.at), IntStream.of(other.at)).toArray();
        var values = Arrays.copyOf(one.values, at.length);
        System.arraycopy(other.values, 0, values, one.count(), other.count());
        return new SparseRow(at, values);
    }

    int count() {
        return at.length;
    }
}
