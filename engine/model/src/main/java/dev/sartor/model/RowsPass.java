package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Whole texts in one go, nothing remembered: for training and for scoring. The tokens are first those of a prefix that
/// all rows begin with (possibly none), then row after row, then filler. A row sees the prefix and its own earlier tokens,
/// so what is computed equals each row on its own with the prefix in front of it, if {@link Decoder#turnsAlike} of the
/// shortest and the longest of them or there is no prefix. Rows of different lengths are padded
/// for attention only; every other layer computes real tokens alone.
public final class RowsPass implements Pass {
    private final int prefix;
    private final int rows;
    private final int[] textLengths;
    private final int length;
    private final Tensor positions;
    private final Masks masks;
    private final Optional<Padding> padding;

    /// Between the tokens as they stand and rows of one length.
    ///
    /// @param slots for each padded place the token that stands there; padding repeats a row's last token
    /// @param tokens for each token after the prefix its padded place; filler has the first
    private record Padding(Tensor slots, Tensor tokens) {}

    private RowsPass(int prefix, int[] lengths, int filler, DType type) {
        this.prefix = prefix;
        this.rows = lengths.length;
        this.length = Arrays.stream(lengths).max().orElse(0);
        this.textLengths = textLengths(lengths, filler);
        this.masks = new Masks(type, TensorScope.current());
        this.positions =
                Tensors.indices(
                        IntStream.concat(
                                        IntStream.range(0, prefix),
                                        IntStream.concat(
                                                Arrays.stream(lengths)
                                                        .flatMap(n ->
                                                                IntStream.range(
                                                                        prefix, prefix + n)),
                                                IntStream.generate(() -> 0).limit(filler)))
                                .toArray());
        var even = filler == 0 && Arrays.stream(lengths).allMatch(n -> n == length);
        this.padding = even ? Optional.empty() : Optional.of(padding(lengths, filler));
    }

    /// The prefix is as long as the longest row makes it.
    private int[] textLengths(int[] lengths, int filler) {
        var all = new int[prefix + Arrays.stream(lengths).sum() + filler];
        Arrays.fill(all, prefix + length);
        int at = prefix;
        for (int own : lengths) {
            Arrays.fill(all, at, at + own, prefix + own);
            at += own;
        }
        return all;
    }

    private Padding padding(int[] lengths, int filler) {
        var slots = new int[rows * length];
        var tokens = new int[Arrays.stream(lengths).sum() + filler];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i++) {
                slots[row * length + i] = prefix + at + Math.min(i, lengths[row] - 1);
            }
            for (int i = 0; i < lengths[row]; i++) {
                tokens[at++] = row * length + i;
            }
        }
        return new Padding(Tensors.indices(slots), Tensors.indices(tokens));
    }

    /// Rows that are all of one length.
    ///
    /// @param prefix tokens that all rows share, standing first in the pass
    /// @param length tokens of each row after the prefix
    /// @param type what the network computes in
    public static RowsPass of(int prefix, int rows, int length, DType type) {
        var lengths = new int[rows];
        Arrays.fill(lengths, length);
        return new RowsPass(prefix, lengths, 0, type);
    }

    /// Rows of different lengths.
    ///
    /// @param lengths tokens of each row after the prefix, each at least 1
    /// @param filler tokens at the end that belong to no row, so that the pass has a length that was met before
    public static RowsPass ragged(int prefix, int[] lengths, int filler, DType type) {
        return new RowsPass(prefix, lengths, filler, type);
    }

    @Override
    public Tensor positions() {
        return positions;
    }

    @Override
    public int[] textLengths() {
        return textLengths.clone();
    }

    @Override
    public Tensor attend(int layer, AttentionRule rule, Tensor query, Tensor key, Tensor value) {
        if (prefix == 0) {
            return rows(rule, query, key, value, Optional.empty());
        }
        var firstKeys = key.slice(0, 0, prefix);
        var firstValues = value.slice(0, 0, prefix);
        var first =
                causally(
                        rule,
                        query.slice(0, 0, prefix),
                        firstKeys,
                        firstValues,
                        1,
                        Optional.empty());
        var shared =
                new GroupedQueryAttention.Shared(
                        GroupedQueryAttention.keys(firstKeys, 1).at(1, 0),
                        GroupedQueryAttention.keys(firstValues, 1).at(1, 0));
        return Tensors.concat(0, first, rows(rule, query, key, value, Optional.of(shared)));
    }

    private Tensor rows(
            AttentionRule rule,
            Tensor query,
            Tensor key,
            Tensor value,
            Optional<GroupedQueryAttention.Shared> shared) {
        var attended = causally(rule, padded(query), padded(key), padded(value), rows, shared);
        return padding.isPresent() ? attended.selected(0, padding.get().tokens()) : attended;
    }

    private Tensor padded(Tensor x) {
        return padding.isPresent()
                ? x.selected(0, padding.get().slots())
                : x.slice(0, prefix, (long) rows * length);
    }

    private Tensor causally(
            AttentionRule rule,
            Tensor query,
            Tensor key,
            Tensor value,
            int count,
            Optional<GroupedQueryAttention.Shared> shared) {
        var groups = key.size(1);
        var attended =
                GroupedQueryAttention.attendCausally(
                        rule,
                        GroupedQueryAttention.queries(query, count, groups),
                        GroupedQueryAttention.keys(key, count),
                        GroupedQueryAttention.keys(value, count),
                        masks,
                        shared);
        return GroupedQueryAttention.merged(attended, count, groups, query.size(0) / count);
    }
}
