package dev.sartor.tensor.kernel;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Int8Rows;
import dev.sartor.tensor.RowKernels;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Pairs of low-rank matrices A [rank, in] and B [out, rank] that are added to the same products, a pair for each of some
/// slots and each of the products that stand side by side. For the engine's thread.
///
/// Rows are multiplied one by one in Java, one pass over the matrices of the slots in use: libtorch would need products of 5
/// to 17 µs each, or would multiply every row with every slot.
public final class LoraBank {
    /// Numbers of matrices below which waking other threads does not pay.
    private static final long WORTH_SHARING = 1 << 16;

    /// Rows of the same slot that a thread takes at a time.
    private static final int ROWS_OF_A_PIECE = 4;

    private static final int CACHE_LINE = 64;

    private final int in;
    private final int rank;
    private final int[] outs;
    private final int[][] ranks;

    /// The lowest rank of a slot's parts.
    private final int[] lowest;

    /// Where each part's A and B begin in a slot, in numbers: the A of all parts stand first, then their B.
    private final long[] beginsOfA;

    private final long[] beginsOfB;
    private final long width;
    private final Tensor slots;
    private final long address;
    private final long slotBytes;
    private final DType type;
    private final LoraKernels kernels;

    /// In I8, by slot and part: what the sums of each row of A are multiplied with, its own step and that of B.
    private final float[][][] steps;

    /// How large a stack is.
    ///
    /// @param type of the matrices: F32, BF16 or I8, where each row has a scale of its own
    /// @param rank the highest
    public record Shape(DType type, int slots, int rank) {}

    /// @param outs the widths of the products, side by side
    /// @param memory I8 [{@link #bytes}]: the stack keeps its matrices there, and may stand beside others in one buffer
    /// @param owner keeps the memory for as long as the stack is used
    public LoraBank(Shape shape, int in, int[] outs, Tensor memory, TensorScope owner) {
        this.in = in;
        this.rank = shape.rank();
        this.outs = outs.clone();
        this.ranks = new int[shape.slots()][outs.length];
        this.lowest = new int[shape.slots()];
        this.beginsOfA = new long[outs.length];
        this.beginsOfB = new long[outs.length];
        int before = 0;
        for (int part = 0; part < outs.length; part++) {
            beginsOfA[part] = (long) part * rank * in;
            beginsOfB[part] = (long) rank * ((long) in * outs.length + before);
            before += outs[part];
        }
        this.width = before;
        this.type = shape.type();
        long numbers = numbers(shape, in, outs);
        var bytes = memory.slice(0, 0, numbers * shape.slots() * type.bytes());
        var same = new Tensor(bytes.raw().view(type.raw())); // read as numbers of that type
        slots = owner.adopt(same.view(shape.slots(), numbers));
        address = slots.address();
        slotBytes = numbers * type.bytes();
        kernels = new LoraKernels(type);
        steps = new float[shape.slots()][outs.length][rank];
    }

    /// Bytes that a stack of this size takes, in whole cache lines.
    public static long bytes(Shape shape, int in, int[] outs) {
        long bytes = numbers(shape, in, outs) * shape.slots() * shape.type().bytes();
        return (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    }

    /// Of one slot.
    private static long numbers(Shape shape, int in, int[] outs) {
        return (long) shape.rank() * ((long) in * outs.length + Arrays.stream(outs).sum());
    }

    /// Copies a pair into its place.
    ///
    /// @param across A: [rank, in]
    /// @param down scale·Bᵀ: [rank, out]
    public void set(int slot, int part, Tensor across, Tensor down) {
        int own = (int) across.size(0);
        try (var _ = TensorScope.open()) {
            var mine = slots.at(0, slot);
            var a = mine.slice(0, beginsOfA[part], (long) own * in).view(own, in);
            var b = mine.slice(0, beginsOfB[part], (long) own * outs[part]).view(own, outs[part]);
            if (type == DType.I8) {
                var left = Int8Rows.of(across);
                var right = Int8Rows.of(down);
                a.copyFrom(left.values());
                b.copyFrom(right.values());
                float[] both = left.scales().times(right.scales()).toFloats();
                System.arraycopy(both, 0, steps[slot][part], 0, own);
            } else {
                a.copyFrom(across);
                b.copyFrom(down);
            }
        }
        ranks[slot][part] = own;
        lowest[slot] = Arrays.stream(ranks[slot]).min().orElse(0);
    }

    public void clear(int slot) {
        Arrays.fill(ranks[slot], 0);
        lowest[slot] = 0;
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
        var pieces = all.pieces;
        var scratch = new LoraKernels.Scratch[Workers.count()];
        Arrays.setAll(scratch, _ -> LoraKernels.Scratch.of(rank));
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
                    addTo(begins, inputs, pieces.get(piece).slot(), scratch[worker]);
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

    private void addTo(long[] y, long[] x, int slot, LoraKernels.Scratch scratch) {
        float[] inner = scratch.inner();
        float[] inner2 = scratch.inner2();
        long begin = address + slot * slotBytes;
        fetch(begin, slot);
        int column = 0;
        for (int part = 0; part < outs.length; part++) {
            int own = ranks[slot][part];
            if (own > 0) {
                var a = new LoraKernels.Rows(begin + beginsOfA[part] * type.bytes(), own, in);
                var b =
                        new LoraKernels.Rows(
                                begin + beginsOfB[part] * type.bytes(), own, outs[part]);
                long way = (long) column * Float.BYTES;
                int i = 0;
                for (; i < y.length - 1; i += 2) {
                    kernels.dots(a, x[i], x[i + 1], scratch);
                    step(inner, slot, part);
                    step(inner2, slot, part);
                    kernels.addSum(b, y[i] + way, y[i + 1] + way, inner, inner2);
                }
                if (i < y.length) {
                    kernels.dots(a, x[i], scratch);
                    step(inner, slot, part);
                    kernels.addSum(b, y[i] + way, inner);
                }
            }
            column += outs[part];
        }
    }

    /// What rounding divided the matrices by.
    private void step(float[] inner, int slot, int part) {
        if (type == DType.I8) {
            float[] own = steps[slot][part];
            for (int row = 0; row < ranks[slot][part]; row++) {
                inner[row] *= own[row];
            }
        }
    }

    /// What the parts have of a slot, in one go where that is all of it.
    private void fetch(long begin, int slot) {
        if (lowest[slot] == rank) {
            RowKernels.fetch(begin, slotBytes);
            return;
        }
        int[] own = ranks[slot];
        for (int part = 0; part < outs.length; part++) {
            long each = (long) own[part] * type.bytes();
            RowKernels.fetch(begin + beginsOfA[part] * type.bytes(), each * in);
            RowKernels.fetch(begin + beginsOfB[part] * type.bytes(), each * outs[part]);
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
