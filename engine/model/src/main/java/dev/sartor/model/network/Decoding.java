package dev.sartor.model.network;

import dev.sartor.model.Adapters;
import dev.sartor.model.AttentionRule;
import dev.sartor.model.GroupedQueryAttention;
import dev.sartor.model.Mask;
import dev.sartor.model.Masks;
import dev.sartor.model.Pass;
import dev.sartor.model.RowPadding;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Answers of an encoder-decoder on their way, one row each, all of the same length: the keys and values of what was
/// read, computed once, and those of what was said so far. Closing frees them. For the engine's thread.
public final class Decoding implements Pass, AutoCloseable {
    /// Keys and values of one layer: [heads, rows, tokens, head width] each.
    private record Stored(Tensor keys, Tensor values) {
        Stored rows(Tensor kept) {
            return new Stored(keys.selected(1, kept), values.selected(1, kept));
        }
    }

    private final EncoderDecoder network;
    private final TensorScope owner = TensorScope.owner();
    private final List<Stored> source;
    private final List<Stored> said;
    private final Tensor sourceMask;
    private final int rows;
    private final int capacity;
    private int before;
    private int count;
    private Optional<Mask> mask = Optional.empty();
    private Optional<Tensor> positions = Optional.empty();
    private TensorScope step = TensorScope.current();

    /// @param read [tokens, width], text after text
    Decoding(EncoderDecoder network, Tensor read, int[] lengths, int capacity, Adapters adapters) {
        this.network = network;
        this.rows = lengths.length;
        this.capacity = capacity;
        this.source = new ArrayList<>();
        this.said = new ArrayList<>();
        var padding = RowPadding.of(lengths, RowPadding.Steps.NONE);
        for (var block : network.saying().blocks()) {
            int heads = block.cross().heads();
            var both = padding.padded(block.cross().keysAndValues(read, adapters));
            source.add(
                    owned(
                            GroupedQueryAttention.keys(both.slice(1, 0, heads), rows).contiguous(),
                            GroupedQueryAttention.keys(both.slice(1, heads, heads), rows)
                                    .contiguous()));
            said.add(
                    owned(
                            Tensors.zeros(network.type(), heads, rows, capacity, both.size(2)),
                            Tensors.zeros(network.type(), heads, rows, capacity, both.size(2))));
        }
        this.sourceMask = owner.adopt(visible(lengths, padding.length()));
    }

    /// [rows, length]: 0 where a text has a token, −∞ where padding stands.
    private Tensor visible(int[] lengths, int length) {
        var hidden = Masks.hidden(lengths.length * length);
        for (int row = 0; row < lengths.length; row++) {
            Masks.see(hidden, row * length, length, 0, lengths[row] - 1L);
        }
        return Tensors.of(hidden, lengths.length, length).to(network.type());
    }

    private Decoding(Decoding from, Tensor kept) {
        this.network = from.network;
        this.rows = (int) kept.size(0);
        this.capacity = from.capacity;
        this.before = from.before;
        this.source =
                from.source.stream()
                        .map(s -> s.rows(kept))
                        .map(s -> owned(s.keys(), s.values()))
                        .toList();
        this.said =
                from.said.stream()
                        .map(s -> s.rows(kept))
                        .map(s -> owned(s.keys(), s.values()))
                        .toList();
        this.sourceMask = owner.adopt(from.sourceMask.selected(0, kept));
    }

    private Stored owned(Tensor keys, Tensor values) {
        return new Stored(owner.adopt(keys), owner.adopt(values));
    }

    /// A copy with these rows only, in their order; one may stand in it several times.
    public Decoding rows(int[] kept) {
        try (var _ = TensorScope.open()) {
            return new Decoding(this, Tensors.indices(kept));
        }
    }

    public int rows() {
        return rows;
    }

    /// Says `ids.length ÷ rows` more tokens of every row, and remembers them.
    ///
    /// @param ids row after row
    /// @return the last layer's states: [ids.length, width]
    public Tensor step(int[] ids, Adapters adapters) {
        count = ids.length / rows;
        if (count * rows != ids.length || before + count > capacity) {
            throw new IllegalArgumentException(
                    ids.length
                            + " tokens for "
                            + rows
                            + " rows after "
                            + before
                            + " of "
                            + capacity);
        }
        mask = Optional.empty();
        step = TensorScope.current();
        var at = new int[ids.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = before + i % count;
        }
        positions = Optional.of(Tensors.indices(at));
        var hidden = network.hidden(Tensors.indices(ids), this, adapters);
        before += count;
        return hidden;
    }

    @Override
    public Tensor positions() {
        return positions.orElseThrow();
    }

    @Override
    public int[] textLengths() {
        var lengths = new int[rows * count];
        Arrays.fill(lengths, before + count);
        return lengths;
    }

    @Override
    public Tensor attend(int layer, AttentionRule rule, Tensor query, Tensor key, Tensor value) {
        long heads = key.size(1);
        int seen = before + count;
        var buffers = said.get(layer);
        buffers.keys().slice(2, before, count).copyFrom(GroupedQueryAttention.keys(key, rows));
        buffers.values().slice(2, before, count).copyFrom(GroupedQueryAttention.keys(value, rows));
        var attended =
                GroupedQueryAttention.attend(
                        rule,
                        GroupedQueryAttention.queries(query, rows, heads),
                        buffers.keys().slice(2, 0, seen),
                        buffers.values().slice(2, 0, seen),
                        mask(seen),
                        Optional.empty());
        return GroupedQueryAttention.merged(attended, rows, heads, count);
    }

    /// Attention over what was read.
    ///
    /// @param query [tokens, heads, head width]
    /// @return [tokens, heads × head width]
    Tensor attendToSource(int layer, AttentionRule rule, Tensor query) {
        long heads = query.size(1);
        var read = source.get(layer);
        long tokens = read.keys().size(2);
        var visible =
                sourceMask
                        .view(1, rows, 1, tokens)
                        .expanded(heads, rows, 1, tokens)
                        .reshaped(heads * rows, 1, tokens);
        var attended =
                GroupedQueryAttention.attend(
                        rule,
                        GroupedQueryAttention.queries(query, rows, heads),
                        read.keys(),
                        read.values(),
                        new Mask(visible, Optional.empty()),
                        Optional.empty());
        return GroupedQueryAttention.merged(attended, rows, heads, count);
    }

    /// Each token sees itself and those before, by their distance: [heads × rows, count, seen]. The same in every layer.
    private Mask mask(int seen) {
        if (mask.isEmpty()) {
            try (var _ = TensorScope.open()) {
                var hidden = Masks.hidden(count * seen);
                for (int query = 0; query < count; query++) {
                    Masks.see(hidden, query * seen, seen, 0, before + query);
                }
                var bias = network.saying().bias().between(before, count, seen);
                long heads = bias.size(0);
                var sum = bias.plus(Tensors.of(hidden, count, seen).to(network.type()));
                var all =
                        sum.withDimension(1)
                                .expanded(heads, rows, count, seen)
                                .reshaped(heads * rows, count, seen);
                mask = Optional.of(new Mask(step.adopt(all), Optional.empty()));
            }
        }
        return mask.get();
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
