package dev.sartor.tune;

/// A text and its class.
///
/// @param ids tokens, special ones among them; at least one
/// @param label the class, from 0
public record LabelledRow(int[] ids, int label) {
    public LabelledRow {
        if (ids.length == 0 || label < 0) {
            throw new IllegalArgumentException("a text must have tokens and a class from 0 on");
        }
    }
}
