package dev.sartor.tune;

import java.util.BitSet;

/// A text of which some words are to be guessed.
///
/// @param ids its tokens
/// @param seen what the network sees in their place
/// @param learned places of the tokens that are to be guessed; none until some were drawn
public record MaskedRow(int[] ids, int[] seen, BitSet learned) {
    public MaskedRow {
        if (ids.length == 0 || seen.length != ids.length || learned.length() > ids.length) {
            throw new IllegalArgumentException("a text must have tokens, and be seen whole");
        }
        learned = (BitSet) learned.clone();
    }

    public static MaskedRow plain(int[] ids) {
        return new MaskedRow(ids, ids, new BitSet());
    }
}
