package dev.sartor.tensor;

/// Runs the kernels between products on one small row, so that the JVM compiles them. Computes nothing that is used.
public final class RowWarmUp {
    private final long memory;
    private final int width;
    private final HadamardTransform transform;

    /// @param memory the address of `width` float32 numbers, which are written over
    public RowWarmUp(long memory, int width) {
        this.memory = memory;
        this.width = width;
        this.transform = HadamardTransform.of(width);
    }

    public void run() {
        NormKernel.rms(memory, memory, memory, width, 1);
        RopeKernel.rotate(memory, memory, memory, memory, width / 2);
        GateKernel.silu(memory, memory, width / 2);
        RowKernels.turnedToOne(memory, memory, 1, transform, width);
        RowKernels.scaleBack(memory, width, new float[1], 0);
    }
}
