package dev.sartor.model;

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
    /// What a process takes before it has a model: the JVM with its heap, libtorch. Measured on x86-64 Linux with the launcher's options; see
    /// bench/results/memory.json.
    public static final long RUNTIME = 600L << 20;

    public MemoryNeed withMeasuring(long changed) {
        return new MemoryNeed(
                weights, gradients, optimiser, activations, logits, cache, changed);
    }

    /// With the runtime.
    public long total() {
        return weights
                + gradients
                + optimiser
                + Math.max(activations + logits, measuring)
                + cache
                + RUNTIME;
    }
}
