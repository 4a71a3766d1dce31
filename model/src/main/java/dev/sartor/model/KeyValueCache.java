package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/// Keys and values of rows of tokens, for each layer, in buffers of a fixed capacity. Closing frees them.
public final class KeyValueCache implements AutoCloseable {
    private final TensorScope owner = TensorScope.owner();
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final int rows;
    private final int capacity;

    /// @param capacity tokens of each row
    public KeyValueCache(Decoder decoder, int rows, int capacity) {
        this.rows = rows;
        this.capacity = capacity;
        for (int i = 0; i < decoder.layers(); i++) {
            keys.add(buffer(decoder.groups(), decoder.headWidth(), decoder.type()));
            values.add(buffer(decoder.groups(), decoder.headWidth(), decoder.type()));
        }
    }

    private KeyValueCache(KeyValueCache from, int[] kept) {
        this.rows = kept.length;
        this.capacity = from.capacity;
        try (var _ = TensorScope.open()) {
            var indices = Tensors.indices(kept);
            from.keys.forEach(buffer -> keys.add(owner.adopt(buffer.selected(1, indices))));
            from.values.forEach(buffer -> values.add(owner.adopt(buffer.selected(1, indices))));
        }
    }

    /// Bytes that a cache of this size takes.
    public static long bytes(Decoder decoder, int rows, int capacity) {
        return 2L
                * decoder.layers()
                * decoder.groups()
                * rows
                * capacity
                * decoder.headWidth()
                * decoder.type().bytes();
    }

    /// A copy with only these rows.
    public KeyValueCache rows(int[] kept) {
        return new KeyValueCache(this, kept);
    }

    public int rows() {
        return rows;
    }

    public int capacity() {
        return capacity;
    }

    /// [groups, rows, seen, head width]
    Tensor keys(int layer, int seen) {
        return keys.get(layer).slice(2, 0, seen);
    }

    Tensor values(int layer, int seen) {
        return values.get(layer).slice(2, 0, seen);
    }

    /// Writes the first tokens of every row.
    ///
    /// @param key [groups, rows, length, head width]
    void fill(int layer, Tensor key, Tensor value) {
        keys.get(layer).slice(2, 0, key.size(2)).copyFrom(key);
        values.get(layer).slice(2, 0, value.size(2)).copyFrom(value);
    }

    /// Writes one token of every row.
    ///
    /// @param places int64 [rows]: row × capacity + the token's place in the row
    /// @param key [groups, rows, 1, head width]
    void put(int layer, Tensor places, Tensor key, Tensor value) {
        put(keys.get(layer), places, key);
        put(values.get(layer), places, value);
    }

    private void put(Tensor buffer, Tensor places, Tensor one) {
        long groups = buffer.size(0);
        buffer.view(groups, (long) rows * capacity, buffer.size(3))
                .copyAt(1, places, one.reshaped(groups, rows, buffer.size(3)));
    }

    private Tensor buffer(int groups, int headWidth, DType type) {
        return owner.adopt(Tensors.zeros(type, groups, rows, capacity, headWidth));
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
