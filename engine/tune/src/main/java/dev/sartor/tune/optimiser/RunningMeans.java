package dev.sartor.tune.optimiser;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.Blockwise8Bit;
import dev.sartor.tune.TuneOptimiser;
import java.util.List;
import java.util.stream.Stream;

/// AdamW's running means of gradients and of their squares, for one array of parameters. For the engine's thread.
sealed interface RunningMeans {
    /// Parameters below which 8 bits save nothing worth their rounding.
    long FEW = 4096;

    /// Those of some parameters, in F32.
    record Chunk(Tensor mean, Tensor square) {}

    /// All zero. They belong to the current scope.
    ///
    /// @param count how many parameters the whole array has
    /// @param held how many of them these are of
    static RunningMeans of(TuneOptimiser optimiser, long count, long held) {
        if (optimiser == TuneOptimiser.ADAMW_8BIT && count >= FEW) {
            return new Rounded(Blockwise8Bit.zeros(held, true), Blockwise8Bit.zeros(held, false));
        }
        return new Exact(Tensors.zeros(DType.F32, held), Tensors.zeros(DType.F32, held));
    }

    /// Some of them, to be changed in place and then given to {@link #keep}. They belong to the current scope.
    ///
    /// @param from a multiple of {@link Blockwise8Bit#BLOCK}
    Chunk open(long from, long length);

    void keep(Chunk changed, long from);

    /// The means of gradients, as a checkpoint keeps them.
    List<Tensor> means();

    /// The means of squares.
    List<Tensor> squares();

    default Stream<Tensor> tensors() {
        return Stream.concat(means().stream(), squares().stream());
    }

    /// As they are.
    record Exact(Tensor mean, Tensor square) implements RunningMeans {
        @Override
        public Chunk open(long from, long length) {
            return new Chunk(mean.slice(0, from, length), square.slice(0, from, length));
        }

        @Override
        public void keep(Chunk changed, long from) {}

        @Override
        public List<Tensor> means() {
            return List.of(mean);
        }

        @Override
        public List<Tensor> squares() {
            return List.of(square);
        }
    }

    /// Each rounded to 8 bits between steps.
    record Rounded(Blockwise8Bit mean, Blockwise8Bit square) implements RunningMeans {
        @Override
        public Chunk open(long from, long length) {
            return new Chunk(
                    mean.slice(from, length).unpacked(), square.slice(from, length).unpacked());
        }

        @Override
        public void keep(Chunk changed, long from) {
            long length = changed.mean().count();
            mean.slice(from, length).pack(changed.mean());
            square.slice(from, length).pack(changed.square());
        }

        @Override
        public List<Tensor> means() {
            return mean.tensors();
        }

        @Override
        public List<Tensor> squares() {
            return square.tensors();
        }
    }
}
