package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;

/// What the distance of two tokens adds to their attention score, one learned number for each head and bucket of
/// distances: near ones have a bucket each, far ones share buckets of logarithmic width (Raffel et al. 2019, section
/// 2.1; transformers' modeling_t5.py, `_relative_position_bucket`).
///
/// @param table [buckets, heads]
/// @param bothWays whether later tokens have buckets of their own, which then are the second half
/// @param near the bucket of each distance from 0 on; farther ones have the last
public record RelativePositions(Tensor table, boolean bothWays, int[] near) {
    /// How distances are put into buckets.
    ///
    /// @param count of all buckets
    /// @param maxDistance from here on everything is in the last bucket
    public record Buckets(int count, int maxDistance, boolean bothWays) {
        /// Of each direction.
        int each() {
            return bothWays ? count / 2 : count;
        }

        /// Distances below have a bucket of their own.
        int exact() {
            return each() / 2;
        }
    }

    /// @throws dev.sartor.core.SartorException a user's error for buckets that no distance can be put into
    public static RelativePositions of(ModelConfig config, Tensor table, Buckets buckets) {
        if (buckets.exact() < 1 || buckets.maxDistance() <= buckets.exact()) {
            throw config.unsupported(
                    "relative_attention_max_distance must be more than a "
                            + (buckets.bothWays() ? "quarter" : "half")
                            + " of relative_attention_num_buckets, which must be at least "
                            + (buckets.bothWays() ? 4 : 2)
                            + ", got "
                            + buckets.maxDistance()
                            + " and "
                            + buckets.count()
                            + ": the file is damaged or of another model");
        }
        return new RelativePositions(table, buckets.bothWays(), near(buckets));
    }

    /// In float32 and by the engine's own logarithm, so that a distance on the edge of a bucket falls to the same side
    /// as in transformers.
    private static int[] near(Buckets buckets) {
        int exact = buckets.exact();
        int far = buckets.maxDistance();
        var ratios = new float[far + 1];
        for (int distance = 0; distance <= far; distance++) {
            ratios[distance] = Math.max(1, distance) / (float) exact;
        }
        try (var _ = TensorScope.open()) {
            var logs = Tensors.of(ratios, ratios.length).log().toFloats();
            float whole = (float) Math.log((double) far / exact);
            var near = new int[far + 1];
            for (int distance = 0; distance <= far; distance++) {
                int shared = exact + (int) (logs[distance] / whole * (buckets.each() - exact));
                near[distance] = distance < exact ? distance : Math.min(shared, buckets.each() - 1);
            }
            return near;
        }
    }

    /// For queries at `first` to `first + queries − 1` and keys from 0 on: [heads, queries, keys].
    public Tensor between(int first, int queries, int keys) {
        var buckets = new int[queries * keys];
        for (int query = 0; query < queries; query++) {
            for (int key = 0; key < keys; key++) {
                buckets[query * keys + key] = bucket(key - first - query);
            }
        }
        try (var scope = TensorScope.open()) {
            return scope.keep(
                    table.selected(0, Tensors.indices(buckets))
                            .transposed(0, 1)
                            .contiguous()
                            .view(table.size(1), queries, keys));
        }
    }

    private int bucket(int ahead) {
        int distance = bothWays ? Math.abs(ahead) : Math.max(0, -ahead);
        int bucket = near[Math.min(distance, near.length - 1)];
        return bothWays && ahead > 0 ? bucket + (int) table.size(0) / 2 : bucket;
    }
}
