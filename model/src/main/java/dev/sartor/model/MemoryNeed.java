package dev.sartor.model;

/// What a process needs, in bytes.
///
/// @param weights of the model, and of an adapter
/// @param gradients of what is trained
/// @param optimiser AdamW's two means and what a step needs beside them
/// @param activations what training keeps for the way back; what one block holds while it computes
/// @param logits over the vocabulary, of as many tokens as are computed at once
/// @param cache keys and values of all tokens
public record MemoryNeed(
        long weights, long gradients, long optimiser, long activations, long logits, long cache) {
    /// What a process takes before it has a model: the JVM with its heap, libtorch. Measured with SmolLM2-135M on x86-64
    /// Linux, between 390 and 530 MiB up to 16 rows and more beyond; see bench/results/memory.json.
    public static final long RUNTIME = 600L << 20;

    /// With the runtime.
    public long total() {
        return weights + gradients + optimiser + activations + logits + cache + RUNTIME;
    }
}
