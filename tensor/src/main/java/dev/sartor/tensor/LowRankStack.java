package dev.sartor.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Pairs of low-rank matrices A [rank, in] and B [out, rank] that are added to the same products, a pair for each of some
/// slots and each of the products that stand side by side. For the engine's thread.
///
/// Rows are multiplied one by one in Java, one pass over the matrices of the slots in use: libtorch would need products of 5
/// to 17 µs each, or would multiply every row with every slot.
public final class LowRankStack {
    /// Numbers of matrices below which waking other threads does not pay.
    private static final long WORTH_SHARING = 1 << 16;

    /// Rows of the same slot that a thread takes at a time.
    private static final int ROWS_OF_A_PIECE = 4;

    private final int in;
    private final int rank;
    private final int[] outs;
    private final int[][] ranks;
    private final Tensor a;
    private final List<Tensor> b = new ArrayList<>();
    private final long addressOfA;
    private final long[] addressesOfB;
    private final DType type;
    private final LowRankKernels kernels;

    /// How large a stack is.
    ///
    /// @param type of the matrices, F32 or BF16
    /// @param rank the highest
    public record Shape(DType type, int slots, int rank) {}

    /// @param outs the widths of the products, side by side
    /// @param owner of the buffers
    public LowRankStack(Shape shape, int in, int[] outs, TensorScope owner) {
        this.in = in;
        this.rank = shape.rank();
        this.outs = outs.clone();
        this.ranks = new int[shape.slots()][outs.length];
        long rows = (long) shape.slots() * outs.length * rank;
        a = owner.adopt(Tensors.zeros(shape.type(), rows, in));
        for (int out : outs) {
            b.add(owner.adopt(Tensors.zeros(shape.type(), (long) shape.slots() * rank, out)));
        }
        addressOfA = a.address();
        addressesOfB = b.stream().mapToLong(Tensor::address).toArray();
        type = shape.type();
        kernels = new LowRankKernels(shape.type());
    }

    /// Copies a pair into its place.
    ///
    /// @param across A: [rank, in]
    /// @param down scale·Bᵀ: [rank, out]
    public void set(int slot, int part, Tensor across, Tensor down) {
        int own = (int) across.size(0);
        try (var _ = TensorScope.open()) {
            a.slice(0, row(slot, part), own).copyFrom(across);
            b.get(part).slice(0, (long) slot * rank, own).copyFrom(down);
        }
        ranks[slot][part] = own;
    }

    public void clear(int slot) {
        for (int part = 0; part < outs.length; part++) {
            if (ranks[slot][part] > 0) {
                try (var _ = TensorScope.open()) {
                    a.slice(0, row(slot, part), rank).fill(0);
                    b.get(part).slice(0, (long) slot * rank, rank).fill(0);
                }
                ranks[slot][part] = 0;
            }
        }
    }

    private long row(int slot, int part) {
        return ((long) slot * outs.length + part) * rank;
    }

    /// Adds to each row of `y` what its slot's matrices make of its row of `x`.
    ///
    /// @param y [rows, Σ out]
    /// @param x [rows, in]
    /// @param slots for each row its slot, negative for none
    public void addRows(Tensor y, Tensor x, int[] slots) {
        try (var _ = TensorScope.open()) {
            var input = x.to(DType.F32).contiguous();
            if (y.type() == DType.F32) {
                addEach(y, input, slots);
            } else {
                var sum = Tensors.zeros(DType.F32, y.shape());
                addEach(sum, input, slots);
                y.add(sum);
            }
        }
    }

    /// Rows of the same slot, whose matrices are read for all of them.
    private record Piece(int slot, int[] rows) {}

    private void addEach(Tensor y, Tensor x, int[] slots) {
        long to = y.address();
        long from = x.address();
        long width = Arrays.stream(outs).sum();
        var pieces = pieces(slots);
        var inner = new float[Workers.count()][rank];
        Workers.each(
                pieces.size(),
                parameters(slots) > WORTH_SHARING,
                (piece, worker) -> {
                    var rows = pieces.get(piece).rows();
                    var begins = new long[rows.length];
                    var inputs = new long[rows.length];
                    for (int i = 0; i < rows.length; i++) {
                        begins[i] = to + rows[i] * width * Float.BYTES;
                        inputs[i] = from + (long) rows[i] * in * Float.BYTES;
                    }
                    addTo(begins, inputs, pieces.get(piece).slot(), inner[worker]);
                });
    }

    private static List<Piece> pieces(int[] slots) {
        var bySlot = new TreeMap<Integer, List<Integer>>();
        for (int row = 0; row < slots.length; row++) {
            if (slots[row] >= 0) {
                bySlot.computeIfAbsent(slots[row], _ -> new ArrayList<>()).add(row);
            }
        }
        var pieces = new ArrayList<Piece>();
        bySlot.forEach((slot, rows) -> {
            for (int first = 0; first < rows.size(); first += ROWS_OF_A_PIECE) {
                var some = rows.subList(first, Math.min(rows.size(), first + ROWS_OF_A_PIECE));
                pieces.add(new Piece(slot, some.stream().mapToInt(Integer::intValue).toArray()));
            }
        });
        return pieces;
    }

    private void addTo(long[] y, long[] x, int slot, float[] inner) {
        int column = 0;
        for (int part = 0; part < outs.length; part++) {
            int own = ranks[slot][part];
            if (own > 0) {
                long across = addressOfA + row(slot, part) * in * type.bytes();
                long down = addressesOfB[part] + (long) slot * rank * outs[part] * type.bytes();
                RowKernels.fetch(across, (long) own * in * type.bytes());
                RowKernels.fetch(down, (long) own * outs[part] * type.bytes());
                var a = new LowRankKernels.Rows(across, own, in);
                var b = new LowRankKernels.Rows(down, own, outs[part]);
                for (int i = 0; i < y.length; i++) {
                    kernels.dots(a, x[i], inner);
                    kernels.addSum(b, y[i] + (long) column * Float.BYTES, inner);
                }
            }
            column += outs[part];
        }
    }

    /// How many numbers the rows' matrices hold.
    private long parameters(int[] slots) {
        long count = 0;
        for (int slot : slots) {
            for (int part = 0; slot >= 0 && part < outs.length; part++) {
                count += (long) ranks[slot][part] * (in + outs[part]);
            }
        }
        return count;
    }
}
