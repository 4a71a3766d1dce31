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
    private final Tensor slots;
    private final long address;
    private final long slotBytes;
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
        this.type = shape.type();
        long numbers = (long) rank * (in * outs.length + Arrays.stream(outs).sum());
        slots = owner.adopt(Tensors.zeros(type, shape.slots(), numbers));
        address = slots.address();
        slotBytes = numbers * type.bytes();
        kernels = new LowRankKernels(type);
    }

    /// Copies a pair into its place.
    ///
    /// @param across A: [rank, in]
    /// @param down scale·Bᵀ: [rank, out]
    public void set(int slot, int part, Tensor across, Tensor down) {
        int own = (int) across.size(0);
        try (var _ = TensorScope.open()) {
            var mine = slots.at(0, slot);
            mine.slice(0, beginOfA(part), (long) own * in).view(own, in).copyFrom(across);
            mine.slice(0, beginOfB(part), (long) own * outs[part])
                    .view(own, outs[part])
                    .copyFrom(down);
        }
        ranks[slot][part] = own;
    }

    /// Where a part's A begins in a slot, which has the A of all parts and then their B.
    private long beginOfA(int part) {
        return (long) part * rank * in;
    }

    private long beginOfB(int part) {
        return (long) rank * ((long) in * outs.length + Arrays.stream(outs, 0, part).sum());
    }

    public void clear(int slot) {
        Arrays.fill(ranks[slot], 0);
    }

    /// Rows by the slots whose matrices they are multiplied with; made once for all products of a step.
    public static final class Rows {
        private final int[] slots;
        private final List<Piece> pieces;

        private Rows(int[] slots) {
            this.slots = slots;
            this.pieces = pieces(slots);
        }

        /// @param slots for each row its slot, negative for none
        public static Rows of(int[] slots) {
            return new Rows(slots.clone());
        }
    }

    /// Adds to each row of `y` what its slot's matrices make of its row of `x`.
    ///
    /// @param y [rows, Σ out]
    /// @param x [rows, in]
    public void addRows(Tensor y, Tensor x, Rows rows) {
        try (var _ = TensorScope.open()) {
            var input = x.to(DType.F32).contiguous();
            if (y.type() == DType.F32) {
                addEach(y, input, rows);
            } else {
                var sum = Tensors.zeros(DType.F32, y.shape());
                addEach(sum, input, rows);
                y.add(sum);
            }
        }
    }

    /// Rows of the same slot, whose matrices are read for all of them.
    private record Piece(int slot, int[] rows) {}

    private void addEach(Tensor y, Tensor x, Rows all) {
        long to = y.address();
        long from = x.address();
        long width = Arrays.stream(outs).sum();
        var pieces = all.pieces;
        var inner = new float[Workers.count()][2][rank];
        Workers.each(
                pieces.size(),
                parameters(all.slots) > WORTH_SHARING,
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

    private void addTo(long[] y, long[] x, int slot, float[][] inner) {
        long begin = address + slot * slotBytes;
        fetch(begin, ranks[slot]);
        int column = 0;
        for (int part = 0; part < outs.length; part++) {
            int own = ranks[slot][part];
            if (own > 0) {
                var a = new LowRankKernels.Rows(begin + beginOfA(part) * type.bytes(), own, in);
                var b =
                        new LowRankKernels.Rows(
                                begin + beginOfB(part) * type.bytes(), own, outs[part]);
                long way = (long) column * Float.BYTES;
                int i = 0;
                for (; i < y.length - 1; i += 2) {
                    kernels.dots(a, x[i], x[i + 1], inner[0], inner[1]);
                    kernels.addSum(b, y[i] + way, y[i + 1] + way, inner[0], inner[1]);
                }
                if (i < y.length) {
                    kernels.dots(a, x[i], inner[0]);
                    kernels.addSum(b, y[i] + way, inner[0]);
                }
            }
            column += outs[part];
        }
    }

    /// What the parts have of a slot, in one go where that is all of it.
    private void fetch(long begin, int[] own) {
        if (Arrays.stream(own).allMatch(each -> each == rank)) {
            RowKernels.fetch(begin, slotBytes);
            return;
        }
        for (int part = 0; part < outs.length; part++) {
            long each = (long) own[part] * type.bytes();
            RowKernels.fetch(begin + beginOfA(part) * type.bytes(), each * in);
            RowKernels.fetch(begin + beginOfB(part) * type.bytes(), each * outs[part]);
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
