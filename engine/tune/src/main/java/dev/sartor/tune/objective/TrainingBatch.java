package dev.sartor.tune.objective;

import dev.sartor.model.PassSize;
import dev.sartor.model.RowsPass;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.TrainingRow;
import java.util.Arrays;
import java.util.List;

/// Rows as one pass: the shared prefix once, then each row's own tokens but its last, which predicts nothing.
///
/// @param places of the tokens whose next token is to be learned
/// @param targets those next tokens, as many as places
record TrainingBatch(
        int prefix, int[] lengths, int filler, int[] ids, int[] places, int[] targets) {
    /// Passes are filled up to multiples of this: the first use of each new length compiles kernels.
    private static final int STEP = 32;

    /// @param prefix tokens that all rows begin with and that stand before everything that is learned
    static TrainingBatch of(List<TrainingRow> rows, int prefix) {
        var lengths = rows.stream().mapToInt(row -> row.ids().length - prefix - 1).toArray();
        int real = prefix + Arrays.stream(lengths).sum();
        int all = (real + STEP - 1) / STEP * STEP;
        var ids = new int[all];
        System.arraycopy(rows.getFirst().ids(), 0, ids, 0, prefix);
        int learned = rows.stream().mapToInt(TrainingRow::targets).sum();
        var places = new int[learned];
        var targets = new int[learned];
        int at = prefix;
        int next = 0;
        for (int i = 0; i < lengths.length; i++) {
            var row = rows.get(i);
            System.arraycopy(row.ids(), prefix, ids, at, lengths[i]);
            for (int token : row.learned().stream().toArray()) {
                places[next] = at + token - 1 - prefix;
                targets[next++] = row.ids()[token];
            }
            at += lengths[i];
        }
        return new TrainingBatch(prefix, lengths, all - real, ids, places, targets);
    }

    /// Tokens that all rows begin with and that stand before everything that is learned in any of them; each row keeps at
    /// least one token of its own before. One row shares nothing.
    static int commonPrefix(List<TrainingRow> rows) {
        if (rows.size() < 2) {
            return 0;
        }
        var first = rows.getFirst();
        int common = first.learned().nextSetBit(0) - 1;
        for (var row : rows) {
            int limit = Math.min(common, row.learned().nextSetBit(0) - 1);
            int mismatch = Arrays.mismatch(first.ids(), 0, limit, row.ids(), 0, limit);
            common = mismatch < 0 ? limit : mismatch;
        }
        return common;
    }

    PassSize size() {
        int longest = Arrays.stream(lengths).max().orElseThrow();
        return new PassSize(prefix, lengths.length, longest, 0, ids.length, places.length);
    }

    RowsPass pass(DType type) {
        return RowsPass.ragged(prefix, lengths, filler, type);
    }

    Tensor idsTensor() {
        return Tensors.indices(ids);
    }
}
