package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The attention masks of one pass, made once and used by every layer. They belong to the scope that was open when the
/// pass was made.
public final class Masks {
    /// Queries and keys of a row that meet.
    ///
    /// @param share heads over the same key
    /// @param from the first key
    /// @param start the first query
    /// @param end behind the last of both
    record Block(long share, long from, long start, long end) {}

    /// Queries that stand `ahead` of the first key.
    private record Key(long share, long queries, long keys, long ahead, OptionalInt window) {}

    /// Queries of which the first stands `ahead` of the first key, in texts that do not end there.
    private record NearKey(long share, int queries, int keys, int ahead, OptionalInt window) {}

    private final DType type;
    private final TensorScope scope;
    private final Map<Key, Tensor> causal = new HashMap<>();
    private final Map<NearKey, Tensor> near = new HashMap<>();

    Masks(DType type, TensorScope scope) {
        this.type = type;
        this.scope = scope;
    }

    /// Tokens of a row, each seeing itself and those before within the rule's window, once for each of the sharing heads:
    /// [share × queries, keys].
    ///
    /// @param prefix tokens of the shared prefix
    Mask causal(AttentionRule rule, Block block, long prefix) {
        var window = rule.windowOver(prefix + block.end());
        long queries = block.end() - block.start();
        var own =
                new Key(
                        block.share(),
                        queries,
                        block.end() - block.from(),
                        block.start() - block.from(),
                        window);
        var before = new Key(block.share(), queries, prefix, prefix + block.start(), window);
        return new Mask(
                causal.computeIfAbsent(own, this::make),
                prefix > 0 && window.isPresent()
                        ? Optional.of(causal.computeIfAbsent(before, this::make))
                        : Optional.empty());
    }

    private Tensor make(Key key) {
        int keys = Math.toIntExact(key.keys());
        int window = key.window().orElse(Integer.MAX_VALUE);
        int rows = Math.toIntExact(key.share() * key.queries());
        var values = hidden(rows * keys);
        for (int row = 0; row < rows; row++) {
            long at = key.ahead() + row % key.queries();
            see(values, row * keys, keys, at + 1 - window, at);
        }
        return scope.adopt(Tensors.of(values, rows, keys).to(type));
    }

    /// Every token of texts of different lengths, seeing both ways: [groups × rows, 1, seen], or [groups × rows, share ×
    /// seen, seen] within a window.
    Mask bothWays(AttentionRule rule, int[] lengths, int seen, int groups, int share) {
        var window = rule.windowOver(seen);
        int queries = window.isPresent() ? share * seen : 1;
        int reach = window.orElse(seen) - 1;
        int rows = groups * lengths.length;
        var values = hidden(rows * queries * seen);
        for (int row = 0; row < rows; row++) {
            int last = lengths[row % lengths.length] - 1;
            for (int query = 0; query < queries; query++) {
                // Padding sees the last token, so that nothing is divided by zero.
                int at = Math.min(query % seen, last);
                int from = (row * queries + query) * seen;
                see(values, from, seen, (long) at - reach, Math.min((long) at + reach, last));
            }
        }
        return new Mask(
                scope.adopt(Tensors.of(values, rows, queries, seen).to(type)), Optional.empty());
    }

    /// Some queries of a row that sees both ways within a window, and the keys near them.
    ///
    /// @param share heads over the same key
    /// @param start the first query
    /// @param from the first key
    record Near(long share, int start, int queries, int from, int keys) {}

    /// Of texts of different lengths: [groups × rows, share × queries, keys], or [1, …] where no row ends before.
    Mask near(AttentionRule rule, int[] lengths, Near block, int groups) {
        int end = Math.max(block.start() + block.queries(), block.from() + block.keys());
        if (Arrays.stream(lengths).anyMatch(length -> length < end)) {
            var repeated =
                    IntStream.range(0, groups * lengths.length)
                            .map(row -> lengths[row % lengths.length])
                            .toArray();
            return new Mask(near(rule, repeated, block), Optional.empty());
        }
        int ahead = block.start() - block.from();
        var key = new NearKey(block.share(), block.queries(), block.keys(), ahead, rule.window());
        int[] endless = {Integer.MAX_VALUE};
        var mask = near.computeIfAbsent(key, _ -> scope.adopt(near(rule, endless, block)));
        return new Mask(mask, Optional.empty());
    }

    private Tensor near(AttentionRule rule, int[] lengths, Near block) {
        int rows = Math.toIntExact(block.share() * block.queries());
        int keys = block.keys();
        long reach = rule.window().orElse(Integer.MAX_VALUE) - 1L;
        var values = hidden(lengths.length * rows * keys);
        for (int row = 0; row < lengths.length; row++) {
            long last = lengths[row] - 1L - block.from();
            for (int query = 0; query < rows; query++) {
                long at = (long) block.start() - block.from() + query % block.queries();
                int begin = (row * rows + query) * keys;
                // Padding sees one key, so that nothing is divided by zero.
                see(
                        values,
                        begin,
                        keys,
                        at > last ? 0 : at - reach,
                        at > last ? 0 : Math.min(at + reach, last));
            }
        }
        return Tensors.of(values, lengths.length, rows, keys).to(type);
    }

    public static float[] hidden(int count) {
        var values = new float[count];
        Arrays.fill(values, Float.NEGATIVE_INFINITY);
        return values;
    }

    /// Opens the keys `first` to `last` of the row that begins at `start`, as far as it has them.
    public static void see(float[] values, int start, int keys, long first, long last) {
        int from = (int) Math.max(0, Math.min(first, keys));
        int to = (int) Math.max(from, Math.min(last + 1, keys));
        Arrays.fill(values, start + from, start + to, 0);
    }
}
