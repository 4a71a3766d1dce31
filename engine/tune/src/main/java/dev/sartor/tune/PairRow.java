package dev.sartor.tune;

/// A text to read and one to say.
///
/// @param source tokens, the one that ends a text among them; at least one
/// @param target likewise
public record PairRow(int[] source, int[] target) {
    public PairRow {
        if (source.length == 0 || target.length == 0) {
            throw new IllegalArgumentException("a pair's texts must have tokens");
        }
    }
}
