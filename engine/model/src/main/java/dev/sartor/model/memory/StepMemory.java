package dev.sartor.model.memory;

import dev.sartor.model.PassSize;
import dev.sartor.model.Precision;
import dev.sartor.model.network.Network;
import dev.sartor.model.network.RecordedPass;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import java.util.List;

/// How much memory a step of training takes at its peak, counted from the sizes of model and pass: every tensor that is held
/// then.
///
/// @param held how the weights are held
/// @param state bytes of the optimiser's for each trained parameter; 8 for two means in F32
/// @param head what turns states into logits
/// @param ranks processes that divide the optimiser's state among themselves
public record StepMemory(
        ModelShape shape, Precision held, Trained trained, double state, Head head, int ranks) {
    /// Of AdamW's two means in F32.
    public static final double EXACT_STATE = 8;

    private static final int F32 = 4;
    private static final int LOGITS_CHUNK = 256;

    /// Parameters that the optimiser changes at once, and the F32 copies of them that it makes meanwhile.
    private static final long CHANGED_AT_ONCE = 1L << 22;

    private static final long CHANGING = 4;

    /// Those more where means are held in fewer bits.
    private static final long UNPACKED_MEANS = 2;

    /// Rows of a packed head that are unpacked at once.
    private static final long UNPACKED = 16384;

    /// Keys and values of a measurement, where a context takes less.
    public static final long MEASURED_MEMORY = 256L << 20;

    /// Tokens of prompts that a measurement computes at once, and how many of them are asked for their logits.
    private static final long MEASURED_TOKENS = 512;

    private static final long MEASURED_LOGITS = 256;

    /// @param classes of each token: the vocabulary; 0 where there are few
    /// @param copies of the logits in F32 that are made beside them
    public record Head(int classes, int copies) {}

    /// What is trained.
    public sealed interface Trained {
        long parameters();

        /// How many blocks gradients flow through, counted from the last; all where there are fewer.
        int blocks();

        /// An adapter.
        ///
        /// @param rank of each of its matrices
        /// @param byHand whether blocks of Llama's form go by hand: low-rank matrices alone are trained
        /// @param magnitudes whether outputs are scaled (DoRA)
        record Adapter(long parameters, int blocks, int rank, boolean byHand, boolean magnitudes)
                implements Trained {}

        /// The network's own weights.
        ///
        /// @param head whether the head is among them
        record Whole(long parameters, int blocks, boolean head) implements Trained {}
    }

    public StepMemory heldAs(Precision changed) {
        return new StepMemory(shape, changed, trained, state, head, ranks);
    }

    public StepMemory withState(double changed) {
        return new StepMemory(shape, held, trained, changed, head, ranks);
    }

    /// How a network's weights are held.
    public static Precision held(Network network) {
        return Engine.call(() -> heldNow(network));
    }

    private static Precision heldNow(Network network) {
        var weight = network.linears().getFirst().weight();
        double each = (double) weight.bytes() / weight.count();
        if (network.type() == DType.F32 && each >= F32) {
            return Precision.F32;
        }
        return each >= 2 ? Precision.BF16 : each >= 1 ? Precision.INT8 : Precision.INT4;
    }

    /// At the peak.
    ///
    /// @param passes one of each kind of block, in their order; the largest of the training
    public MemoryNeed need(List<PassSize> passes, RecordedPass.Kept kept) {
        long copies = CHANGING + (state < EXACT_STATE ? UNPACKED_MEANS : 0);
        long changing = copies * F32 * Math.min(CHANGED_AT_ONCE, trained.parameters());
        long pass = pass(passes, kept);
        long logits = logits(passes.getLast());
        long back = back(passes);
        return new MemoryNeed(
                weights() + copies(),
                trained.parameters() * type(),
                Math.round(trained.parameters() * state / ranks),
                Math.max(changing - logits, pass + Math.max(0, back - logits)),
                logits,
                0,
                0);
    }

    /// What a measurement holds: keys and values, logits as they are computed, in F32 and as log-probabilities, one block at
    /// work.
    ///
    /// @param tokens whose keys and values there are
    public long measuring(long tokens) {
        long each = 2 * shape.cached();
        long most = Math.max((long) shape.context() * each, MEASURED_MEMORY);
        long widest = shape.blocks().stream().mapToLong(BlockShape::widest).max().orElse(0);
        return Math.min(tokens * each, most)
                + MEASURED_LOGITS * head.classes() * (type() + 2 * F32)
                + MEASURED_TOKENS * widest * type();
    }

    /// Bytes of a value as the network computes.
    private int type() {
        return held == Precision.F32 ? F32 : 2;
    }

    /// Of the model as it is held.
    long weights() {
        return switch (held) {
            case F32, BF16 -> type() * shape.parameters();
            case INT8, INT4 -> packed(held.bytes());
        };
    }

    /// Tables take a byte a number.
    private long packed(double each) {
        long linear = shape.linearWeights();
        long rest = shape.parameters() - linear - shape.embeddings() - shape.head();
        return Math.round((linear + shape.head()) * each) + shape.embeddings() + rest * type();
    }

    /// What is trained, in F32, where the network does not compute with that itself.
    private long copies() {
        return switch (trained) {
            case Trained.Adapter adapter -> adapter.parameters() * (F32 + type());
            case Trained.Whole whole -> type() == F32 ? 0 : whole.parameters() * F32;
        };
    }

    /// The states before the first block and behind the last, the gradient of these, and what blocks keep.
    private long pass(List<PassSize> passes, RecordedPass.Kept kept) {
        long held = 0;
        long again = 0;
        int left = trained.blocks();
        for (int i = passes.size() - 1; i >= 0; i--) {
            var block = shape.blocks().get(i);
            var size = passes.get(i);
            int flowing = Math.min(left, block.count());
            left -= flowing;
            long inputs = type() * size.tokens() * shape.width();
            long each = block(block, size);
            held += 3 * inputs;
            if (kept == RecordedPass.Kept.INPUTS) {
                held += flowing * inputs;
                again = Math.max(again, each);
            } else {
                held += flowing * each;
            }
        }
        return held + again;
    }

    private long block(BlockShape block, PassSize size) {
        var memory = new PassMemory(block, size, type());
        return switch (trained) {
            case Trained.Adapter adapter -> {
                long low = adapter.rank() * block.linearCount();
                yield adapter.byHand() && block.kept().byHand() > 0
                        ? memory.byHand(low)
                        : memory.recorded(
                                low + (adapter.magnitudes() ? block.outputs() : 0), false);
            }
            case Trained.Whole _ -> memory.recorded(0, true);
        };
    }

    private long back(List<PassSize> passes) {
        long most = 0;
        for (int i = 0; i < passes.size(); i++) {
            var block = shape.blocks().get(i);
            most =
                    Math.max(
                            most,
                            new PassMemory(block, passes.get(i), type()).back() + matrix(block));
        }
        return most;
    }

    /// The largest matrix once more: its gradient, or what is unpacked of it. DoRA's norms go over four of them in F32.
    private long matrix(BlockShape block) {
        long largest =
                block.linears().stream().mapToLong(l -> (long) l.in() * l.out()).max().orElse(0);
        return switch (trained) {
            case Trained.Adapter adapter ->
                    (adapter.magnitudes() ? 4L * F32 * largest : 0)
                            + (held.isQuantised() ? type() * largest : 0);
            case Trained.Whole _ -> type() * largest;
        };
    }

    /// Logits of a chunk of tokens, which their gradients replace, and the states on both sides; where the head is recorded
    /// it has gradients of its own beside them.
    private long logits(PassSize size) {
        long rows = Math.min(size.learned(), LOGITS_CHUNK);
        long logits =
                rows * head.classes() * (type() + F32 * head.copies())
                        + 2 * size.learned() * shape.width() * type();
        return switch (trained) {
            case Trained.Adapter _ ->
                    logits
                            + (held.isQuantised()
                                    ? type() * Math.min(head.classes(), UNPACKED) * shape.width()
                                    : 0);
            case Trained.Whole whole ->
                    logits + (whole.head() ? (long) type() * head.classes() * shape.width() : 0);
        };
    }
}
