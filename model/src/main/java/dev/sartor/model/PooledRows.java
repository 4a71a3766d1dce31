package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/// Which adapter each token of a pass wears. Where slots change from token to token, as in a step of many rows, the slots
/// in use are multiplied with all of those tokens, and a mask keeps each token's own. A prompt has many tokens of the
/// same slot in a row: such a run is multiplied with its own slot only.
final class PooledRows implements Adapters {
    /// Stands for no adapter.
    static final int BARE = -1;

    /// Tokens of the same slot from which on a run is worth its own products.
    private static final int LONG_RUN = 16;

    /// @param from the first token
    private record Piece(int from, int tokens, BlockRows rows) {}

    private final Map<Linear, PooledLinear> layers;
    private final int[] slots;
    private final PoolShape shape;
    private final RowSlots rows;
    private final List<Piece> pieces = new ArrayList<>();

    PooledRows(Map<Linear, PooledLinear> layers, int[] slotOfToken, PoolShape shape) {
        this.layers = layers;
        this.slots = slotOfToken.clone();
        this.shape = shape;
        this.rows = RowSlots.of(slots, shape);
        int mixed = 0;
        for (int from = 0; from < slots.length; ) {
            int end = endOfRun(from);
            if (end - from >= LONG_RUN) {
                addPieces(mixed, from);
                addPieces(from, end);
                mixed = end;
            }
            from = end;
        }
        addPieces(mixed, slots.length);
    }

    private int endOfRun(int from) {
        int end = from + 1;
        while (end < slots.length && slots[end] == slots[from]) {
            end++;
        }
        return end;
    }

    private void addPieces(int from, int end) {
        var used = new BitSet();
        Arrays.stream(slots, from, end).filter(slot -> slot != BARE).forEach(used::set);
        for (var block : SlotBlock.covering(used, shape.slots())) {
            var rows = new BlockRows(block, Arrays.copyOfRange(slots, from, end), shape);
            pieces.add(new Piece(from, end - from, rows));
        }
    }

    @Override
    public Tensor linear(Linear linear, Tensor x) {
        var y = linear.product(x);
        var pooled = layers.get(linear);
        if (pooled == null) {
            return y;
        }
        if (x.size(0) != slots.length) {
            throw SartorException.defect(
                    "adapters of " + slots.length + " tokens are asked for " + x.size(0));
        }
        pooled.scale(y, rows);
        for (var piece : pieces) {
            pooled.addTo(part(y, piece), part(x, piece), piece.rows());
        }
        return y;
    }

    @Override
    public Adapters at(int[] tokens) {
        return new PooledRows(
                layers, Arrays.stream(tokens).map(token -> slots[token]).toArray(), shape);
    }

    private Tensor part(Tensor whole, Piece piece) {
        return piece.tokens() == slots.length
                ? whole
                : whole.slice(0, piece.from(), piece.tokens());
    }

    @Override
    public Tensor embedding(Embedding embedding, Tensor ids) {
        return embedding.rows(ids);
    }
}
