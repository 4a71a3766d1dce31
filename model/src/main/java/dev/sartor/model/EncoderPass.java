package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Rows padded on the right, each token seeing every token of its own text.
public final class EncoderPass implements Pass {
    private final int[] lengths;
    private final int length;
    private final Masks masks;
    private final Tensor positions;
    private final Map<OptionalInt, Mask> both = new HashMap<>();

    /// @param lengths tokens of each row without its padding
    /// @param length tokens of each row with its padding
    /// @param type what the network computes in
    public EncoderPass(int[] lengths, int length, DType type) {
        this.lengths = lengths.clone();
        this.length = length;
        this.masks = new Masks(type, TensorScope.current());
        var at = new int[lengths.length * length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i % length;
        }
        this.positions = Tensors.indices(at);
    }

    @Override
    public Tensor positions() {
        return positions;
    }

    @Override
    public Tensor attend(int layer, AttentionRule rule, Tensor query, Tensor key, Tensor value) {
        int groups = Math.toIntExact(key.size(1));
        int share = Math.toIntExact(query.size(1)) / groups;
        var mask =
                both.computeIfAbsent(
                        rule.windowOver(length),
                        _ -> masks.bothWays(rule, lengths, length, groups, share));
        var attended =
                Heads.attend(
                        rule,
                        Heads.queries(query, lengths.length, groups),
                        Heads.keys(key, lengths.length),
                        Heads.keys(value, lengths.length),
                        mask,
                        Optional.empty());
        return Heads.merged(attended, lengths.length, groups, length);
    }
}
