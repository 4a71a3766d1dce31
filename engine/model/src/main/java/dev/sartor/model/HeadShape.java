package dev.sartor.model;

import dev.sartor.tensor.Tensor;

/// How a layer's attention is divided into heads, and how they stand in the projected queries, keys and values.
///
/// @param heads query heads
/// @param groups key and value heads; divides `heads` (Ainslie et al. 2023)
/// @param width of each head
public record HeadShape(int heads, int groups, int width, Order order) {
    public enum Order {
        /// All queries, then all keys, then all values.
        SIDE_BY_SIDE,
        /// Each head's query, key and value (GPT-NeoX).
        BY_HEAD
    }

    public HeadShape {
        if (heads < 1 || groups < 1 || width < 1 || heads % groups != 0) {
            throw new IllegalArgumentException(
                    groups + " groups of " + heads + " heads of width " + width);
        }
    }

    /// @throws dev.sartor.core.SartorException a user's error that names the setting that cannot be
    public static HeadShape of(ModelConfig config, Order order) {
        int heads = config.integer("num_attention_heads");
        int groups = config.integer("num_key_value_heads", heads);
        int width = config.integer("head_dim", config.integer("hidden_size") / Math.max(1, heads));
        if (heads < 1 || groups < 1 || heads % groups != 0) {
            throw config.unsupported(
                    "num_key_value_heads must divide num_attention_heads ("
                            + heads
                            + "), got "
                            + groups);
        }
        if (width < 1) {
            throw config.unsupported("head_dim must be at least 1, got " + width);
        }
        return new HeadShape(heads, groups, width, order);
    }

    public int queries() {
        return heads * width;
    }

    public int keys() {
        return groups * width;
    }

    public int projected() {
        return queries() + 2 * keys();
    }

    /// @param projected [tokens, (heads + 2 · groups) × width]
    /// @return [tokens, heads + 2 · groups, width]: queries, then keys, then values
    public Tensor split(Tensor projected) {
        long tokens = projected.size(0);
        return switch (order) {
            case SIDE_BY_SIDE -> projected.view(tokens, heads + 2L * groups, width);
            case BY_HEAD ->
                    projected
                            .view(tokens, heads, 3, width)
                            .transposed(1, 2)
                            .reshaped(tokens, 3L * heads, width);
        };
    }
}
