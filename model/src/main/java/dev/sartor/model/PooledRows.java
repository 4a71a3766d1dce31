package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Which adapter each token of a pass wears. Where slots change from token to token, as in a step of many rows, each token
/// is multiplied with its own slot's matrices. A prompt has many tokens of the same slot in a row: such a run is
/// multiplied at once.
final class PooledRows implements Adapters {
    /// Stands for no adapter.
    static final int BARE = -1;

    /// Tokens of the same slot from which on they are multiplied at once.
    private static final int LONG_RUN = 32;

    /// Tokens that follow each other.
    ///
    /// @param from the first
    private record Piece(int from, int[] slots, boolean isRun) {}

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
                addPiece(mixed, from, false);
                addPiece(from, end, true);
                mixed = end;
            }
            from = end;
        }
        addPiece(mixed, slots.length, false);
    }

    private int endOfRun(int from) {
        int end = from + 1;
        while (end < slots.length && slots[end] == slots[from]) {
            end++;
        }
        return end;
    }

    private void addPiece(int from, int end, boolean isRun) {
        var own = Arrays.copyOfRange(slots, from, end);
        if (Arrays.stream(own).anyMatch(slot -> slot != BARE)) {
            pieces.add(new Piece(from, own, isRun));
        }
    }

    @Override
    public Tensor linear(Linear linear, Tensor x) {
        var y = linear.product(x);
        var pooled = layers.get(linear);
        if (pooled == null || pieces.isEmpty()) {
            return y;
        }
        if (x.size(0) != slots.length) {
            throw SartorException.defect(
                    "adapters of " + slots.length + " tokens are asked for " + x.size(0));
        }
        pooled.scale(y, rows);
        for (var piece : pieces) {
            var to = part(y, piece);
            var from = part(x, piece);
            if (piece.isRun()) {
                pooled.stack().addRun(to, from, piece.slots()[0]);
            } else {
                pooled.stack().addRows(to, from, piece.slots());
            }
        }
        return y;
    }

    @Override
    public Adapters at(int[] tokens) {
        return new PooledRows(
                layers, Arrays.stream(tokens).map(token -> slots[token]).toArray(), shape);
    }

    private Tensor part(Tensor whole, Piece piece) {
        int tokens = piece.slots().length;
        return tokens == slots.length ? whole : whole.slice(0, piece.from(), tokens);
    }

    @Override
    public Tensor embedding(Embedding embedding, Tensor ids) {
        return embedding.rows(ids);
    }
}
