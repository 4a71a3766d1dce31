package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;

/// Between tokens as they stand, text after text, and rows of one length. Belongs to the scope that was open when it was
/// made.
///
/// @param length tokens of each row
/// @param places empty where all texts are of that length
record RowPadding(int length, Optional<Places> places) {
    /// @param slots for each padded place the token that stands there; padding repeats a text's last token
    /// @param tokens for each token its padded place
    record Places(Tensor slots, Tensor tokens) {}

    /// @param lengths tokens of each text, at least 1
    static RowPadding of(int[] lengths) {
        int length = Arrays.stream(lengths).max().orElse(0);
        return Arrays.stream(lengths).allMatch(n -> n == length)
                ? new RowPadding(length, Optional.empty())
                : new RowPadding(length, Optional.of(places(lengths, length)));
    }

    private static Places places(int[] lengths, int length) {
        var slots = new int[lengths.length * length];
        var tokens = new int[Arrays.stream(lengths).sum()];
        int first = 0;
        for (int row = 0; row < lengths.length; row++) {
            for (int i = 0; i < length; i++) {
                slots[row * length + i] = first + Math.min(i, lengths[row] - 1);
            }
            for (int i = 0; i < lengths[row]; i++) {
                tokens[first + i] = row * length + i;
            }
            first += lengths[row];
        }
        return new Places(Tensors.indices(slots), Tensors.indices(tokens));
    }

    /// @param x [tokens, …]
    /// @return [rows × length, …]
    Tensor padded(Tensor x) {
        return places.isPresent() ? x.selected(0, places.get().slots()) : x;
    }

    /// The inverse of {@link #padded}.
    Tensor flat(Tensor x) {
        return places.isPresent() ? x.selected(0, places.get().tokens()) : x;
    }
}
