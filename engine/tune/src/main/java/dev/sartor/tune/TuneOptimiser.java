package dev.sartor.tune;

import dev.sartor.model.memory.StepMemory;
import dev.sartor.tensor.kernel.Blockwise8Bit;

/// What takes the steps.
public enum TuneOptimiser {
    /// Running means in F32: 8 bytes for each trained parameter.
    ADAMW(StepMemory.EXACT_STATE),
    /// Running means in 8 bits with a scale for each block of 256 (Dettmers et al. 2022): 2 bytes for each.
    ADAMW_8BIT(2 + 2.0 * Float.BYTES / Blockwise8Bit.BLOCK);

    private final double bytes;

    TuneOptimiser(double bytes) {
        this.bytes = bytes;
    }

    /// Of its state, for each trained parameter.
    public double bytes() {
        return bytes;
    }
}
