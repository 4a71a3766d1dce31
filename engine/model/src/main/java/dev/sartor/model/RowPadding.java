package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;

/// Between tokens as they stand, text after text, and rows of one length. Belongs to the scope that was open when it was
/// made.
///
/// @param length tokens of each row
/// @param tokens as they stand, filler at the end counted
/// @param places empty where all texts are of that length and nothing is filled up
public record RowPadding(int length, int tokens, Optional<Places> places) {
    /// Sizes are rounded up to these, so that there are few: the first use of each new shape compiles kernels.
    ///
    /// @param length of a row
    /// @param tokens of all rows together
    public record Steps(int length, int tokens) {
        public static final Steps NONE = new Steps(1, 1);

        /// Rows short or long; what is computed for nothing stays within a few hundredths.
        static Steps coarse(int longest, int tokens) {
            return new Steps(longest > 64 ? 32 : 8, tokens > 1024 ? 128 : 32);
        }

        int ofLength(int longest) {
            return up(longest, length);
        }

        int ofTokens(int real) {
            return up(real, tokens);
        }

        private static int up(int value, int step) {
            return (value + step - 1) / step * step;
        }
    }

    /// @param slots for each padded place the token that stands there; padding repeats a text's last token
    /// @param tokens for each token its padded place
    record Places(Tensor slots, Tensor tokens) {}

    /// @param lengths tokens of each text, at least 1
    public static RowPadding of(int[] lengths, Steps steps) {
        int length = steps.ofLength(Arrays.stream(lengths).max().orElse(0));
        int real = Arrays.stream(lengths).sum();
        int tokens = steps.ofTokens(real);
        return real == lengths.length * length && tokens == real
                ? new RowPadding(length, tokens, Optional.empty())
                : new RowPadding(length, tokens, Optional.of(places(lengths, length, tokens)));
    }

    /// Filler takes what the first place holds; nobody reads it.
    private static Places places(int[] lengths, int length, int count) {
        var slots = new int[lengths.length * length];
        var tokens = new int[count];
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
    public Tensor padded(Tensor x) {
        return places.isPresent() ? x.selected(0, places.get().slots()) : x;
    }

    /// The inverse of {@link #padded}.
    Tensor flat(Tensor x) {
        return places.isPresent() ? x.selected(0, places.get().tokens()) : x;
    }
}
