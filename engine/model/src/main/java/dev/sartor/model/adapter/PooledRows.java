package dev.sartor.model.adapter;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.Embedding;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.kernel.LoraBank;
import java.util.Arrays;
import java.util.Map;

/// Which adapter each token of a pass uses. Each token is multiplied with its own slot's matrices and with no other, so
/// that what is added to it does not depend on the tokens beside it.
final class PooledRows implements Adapters {
    /// Stands for no adapter.
    static final int BARE = -1;

    private final Map<Linear, PooledLinear> layers;
    private final int[] slots;
    private final PoolShape shape;
    private final RowSlots rows;
    private final LoraBank.Rows stacked;
    private final boolean isBare;

    PooledRows(Map<Linear, PooledLinear> layers, int[] slotOfToken, PoolShape shape) {
        this.layers = layers;
        this.slots = slotOfToken.clone();
        this.shape = shape;
        this.rows = RowSlots.of(slots, shape);
        this.stacked = LoraBank.Rows.of(slots);
        this.isBare = Arrays.stream(slots).allMatch(slot -> slot == BARE);
    }

    @Override
    public Tensor linear(Linear linear, Tensor x) {
        var y = linear.product(x);
        var pooled = layers.get(linear);
        if (pooled == null || isBare) {
            return y;
        }
        if (x.size(0) != slots.length) {
            throw SartorException.defect(
                    "adapters of " + slots.length + " tokens are asked for " + x.size(0));
        }
        pooled.scale(y, rows);
        pooled.stack().addRows(y, x, stacked);
        return y;
    }

    @Override
    public Adapters at(int[] tokens) {
        return new PooledRows(
                layers, Arrays.stream(tokens).map(token -> slots[token]).toArray(), shape);
    }

    @Override
    public Tensor embedding(Embedding embedding, Tensor ids) {
        return embedding.rows(ids);
    }
}
