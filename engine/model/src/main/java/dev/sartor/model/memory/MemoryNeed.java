package dev.sartor.model.memory;

/// What a process needs, in bytes.
///
/// @param weights of the model, and of an adapter
/// @param gradients of what is trained
/// @param optimiser AdamW's two means and what a step needs beside them
/// @param activations what training keeps for the way back; what one block holds while it computes
/// @param logits over the vocabulary, of as many tokens as are computed at once
/// @param cache keys and values of all tokens
/// @param measuring what a measurement on the way needs; not at the same time as activations and logits
public record MemoryNeed(
        long weights,
        long gradients,
        long optimiser,
        long activations,
        long logits,
        long cache,
        long measuring) {
    /// What a process takes besides: the JVM with its heap and compiled code, libtorch with its kernels. Measured on x86-64
    /// Linux with the launcher's options; see bench/results/memory.json.
    public static final long RUNTIME = 460L << 20;

    /// Of what passes keep, so much is lost between buffers that the C library hands out: one part in so many. Measured
    /// there, too.
    private static final int LOST = 16;

    public MemoryNeed withMeasuring(long changed) {
        return new MemoryNeed(weights, gradients, optimiser, activations, logits, cache, changed);
    }

    /// With the runtime.
    public long total() {
        return weights
                + gradients
                + optimiser
                + Math.max(activations + activations / LOST + logits, measuring)
                + cache
                + RUNTIME;
    }
}
