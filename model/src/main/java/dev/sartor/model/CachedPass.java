package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Computes tokens and remembers their keys and values: either the beginning of every row ({@link #prefill}), or one more
/// token of every row ({@link #step}). All rows may share a prefix that was computed before, as the only row of another
/// cache.
public final class CachedPass implements Pass {
    private final KeyValueCache cache;
    private final Optional<Prefix> prefix;
    private final Tensor positions;
    private final Masks masks;
    private final int seen;
    private final @Nullable Tensor places;
    private final int[] lengths;
    private final Map<OptionalInt, Mask> newest = new HashMap<>();

    /// A prefix that all rows share.
    ///
    /// @param cache holds it as its only row
    public record Prefix(KeyValueCache cache, int tokens) {
        Heads.Shared at(int layer) {
            return new Heads.Shared(
                    cache.keys(layer, tokens).at(1, 0), cache.values(layer, tokens).at(1, 0));
        }
    }

    private CachedPass(
            KeyValueCache cache, Optional<Prefix> prefix, Decoder decoder, int[] at, int length) {
        this.cache = cache;
        this.prefix = prefix;
        this.seen = length;
        this.positions = Tensors.indices(at);
        this.masks = new Masks(decoder.type(), TensorScope.current());
        this.places = null;
        this.lengths = new int[0];
    }

    private CachedPass(
            KeyValueCache cache, Optional<Prefix> prefix, Decoder decoder, int[] lengths) {
        int before = prefix.map(Prefix::tokens).orElse(0);
        this.cache = cache;
        this.prefix = prefix;
        this.positions = Tensors.indices(Arrays.stream(lengths).map(n -> before + n).toArray());
        this.masks = new Masks(decoder.type(), TensorScope.current());
        this.seen = Arrays.stream(lengths).max().orElse(0) + 1;
        var at = new int[lengths.length];
        for (int row = 0; row < at.length; row++) {
            at[row] = row * cache.capacity() + lengths[row];
        }
        this.places = Tensors.indices(at);
        this.lengths = Arrays.stream(lengths).map(n -> n + 1).toArray();
    }

    /// The first `length` tokens of every row, padded on the right: rows × length tokens.
    public static CachedPass prefill(
            KeyValueCache cache, Optional<Prefix> prefix, Decoder decoder, int length) {
        int before = prefix.map(Prefix::tokens).orElse(0);
        var at = new int[cache.rows() * length];
        for (int i = 0; i < at.length; i++) {
            at[i] = before + i % length;
        }
        return new CachedPass(cache, prefix, decoder, at, length);
    }

    /// One more token of every row.
    ///
    /// @param lengths how many tokens each row has already, without the prefix
    public static CachedPass step(
            KeyValueCache cache, Optional<Prefix> prefix, Decoder decoder, int[] lengths) {
        return new CachedPass(cache, prefix, decoder, lengths);
    }

    @Override
    public Tensor positions() {
        return positions;
    }

    @Override
    public Tensor attend(int layer, AttentionRule rule, Tensor query, Tensor key, Tensor value) {
        int rows = cache.rows();
        long groups = key.size(1);
        var queries = Heads.queries(query, rows, groups);
        var keys = Heads.keys(key, rows);
        var values = Heads.keys(value, rows);
        var shared = prefix.map(p -> p.at(layer));
        Tensor attended;
        if (places == null) {
            cache.fill(layer, keys, values);
            attended = Heads.attendCausally(rule, queries, keys, values, masks, shared);
        } else {
            cache.put(layer, places, keys, values);
            attended =
                    Heads.attend(
                            rule,
                            queries,
                            cache.keys(layer, seen),
                            cache.values(layer, seen),
                            newest(rule, Math.toIntExact(groups)),
                            shared);
        }
        return Heads.merged(attended, rows, groups, query.size(0) / rows);
    }

    private Mask newest(AttentionRule rule, int groups) {
        int before = prefix.map(Prefix::tokens).orElse(0);
        return newest.computeIfAbsent(
                rule.windowOver((long) before + seen),
                _ -> masks.newest(rule, lengths, before, groups));
    }
}
