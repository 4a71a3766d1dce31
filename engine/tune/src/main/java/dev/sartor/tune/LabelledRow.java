package dev.sartor.tune;

import dev.sartor.tokenizer.Encoding;

/// A text, or a pair of texts, and its class.
///
/// @param ids tokens, special ones among them; at least one
/// @param types of each token which of a pair's texts it belongs to
/// @param label the class, from 0
public record LabelledRow(int[] ids, int[] types, int label) {
    public LabelledRow {
        if (ids.length == 0 || types.length != ids.length || label < 0) {
            throw new IllegalArgumentException(
                    "a text must have tokens, each with a type, and a class from 0 on");
        }
    }

    /// Of one text.
    public LabelledRow(int[] ids, int label) {
        this(ids, new int[ids.length], label);
    }

    public static LabelledRow ofPair(Encoding pair, int label) {
        return new LabelledRow(pair.ids(), pair.types(), label);
    }
}
